/// A loss whose pictures are those of another input than the first.
struct LossOfInput: Loss {
  let loss: any Loss
  let input: String

  var name: String { "\(loss.name) of \(input)" }
  var subjects: [LossSubject] { loss.subjects.map { $0.of(input: input) } }
  var role: Role { loss.role }
  var couplesPictures: Bool { loss.couplesPictures }

  func resolved(in network: NeuralNetwork) throws -> Self {
    LossOfInput(loss: try loss.resolved(in: network), input: input)
  }

  func validate(_ shapes: [[Int]]) throws { try loss.validate(shapes) }

  func selecting(_ pictures: [Int]) -> Self? {
    loss.selecting(pictures).map { LossOfInput(loss: $0, input: input) }
  }

  func values(_ tensors: TappedTensors) -> [Float] { loss.values(tensors) }

  func addGradients(
    of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
  ) {
    loss.addGradients(of: tensors, scales: scales, to: &gradients)
  }
}

extension ObjectiveConvertible {
  /// The same of the pictures of another input, where several are optimised: `TotalVariation().of(input: "depth")`.
  public func of(input: String) -> Objective {
    var result = objective
    for index in result.terms.indices {
      let term = result.terms[index]
      let looksAtPictures = term.loss.subjects.contains { $0.of(input: input) != $0 }
      guard looksAtPictures else { continue }
      result.terms[index].loss = LossOfInput(loss: term.loss, input: input)
      result.terms[index].name = "\(term.name) of \(input)"
    }
    return result
  }
}
