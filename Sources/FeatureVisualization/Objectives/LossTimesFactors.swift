/// A loss times a factor for each picture.
struct LossTimesFactors: Loss {
  let loss: any Loss
  let factors: [Float]

  var name: String { loss.name }
  var subjects: [LossSubject] { loss.subjects }
  var role: Role { loss.role }
  var couplesPictures: Bool { loss.couplesPictures }

  func resolved(in network: NeuralNetwork) throws -> Self {
    LossTimesFactors(loss: try loss.resolved(in: network), factors: factors)
  }

  func validate(_ shapes: [[Int]]) throws { try loss.validate(shapes) }

  func selecting(_ pictures: [Int]) -> Self? {
    loss.selecting(pictures).map {
      LossTimesFactors(loss: $0, factors: pictures.map { factors[$0] })
    }
  }

  func values(_ tensors: TappedTensors) -> [Float] {
    zip(loss.values(tensors), factors).map { $0 * $1 }
  }

  func addGradients(
    of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
  ) {
    loss.addGradients(of: tensors, scales: zip(scales, factors).map { $0 * $1 }, to: &gradients)
  }
}
