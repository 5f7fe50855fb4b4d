/// A loss that is an expression of what it reads, written for the shapes at hand; the package derives its gradient.
///
/// What it takes besides layers, such as a vector, is checked where the expression is made: what does not fit is an error
/// before the first step. `DerivedLoss` is the same without a type of one's own.
public protocol ExpressionLoss: Loss {
  /// Keeps the expression compiled; each value makes its own, `let tapes = TapeCache()`.
  var tapes: TapeCache { get }

  /// What is made small, a number for each picture, `[N]`, of what `subjects` names.
  ///
  /// - Parameter shapes: the shape of each subject, `[N, H, W, C]` for feature maps and the picture.
  /// - Throws: `VisualizationError` naming what does not fit the shapes.
  func expression(for shapes: [[Int]]) throws(VisualizationError) -> TensorExpression
}

extension ExpressionLoss {
  public func validate(_ shapes: [[Int]]) throws(VisualizationError) { _ = try tape(for: shapes) }

  public func selecting(_ pictures: [Int]) -> Self? { couplesPictures ? nil : self }

  public func values(_ tensors: TappedTensors) -> [Float] { tape(of: tensors).values(tensors) }

  public func addGradients(
    of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
  ) {
    tape(of: tensors).addGradients(of: tensors, scales: scales, to: &gradients)
  }

  private func tape(of tensors: TappedTensors) -> Tape {
    var shapes: [[Int]] = []
    for subject in 0..<tensors.count { shapes.append(tensors[subject].shape) }
    do throws(VisualizationError) { return try tape(for: shapes) } catch {
      preconditionFailure("\(error): shapes must have been validated")
    }
  }

  private func tape(for shapes: [[Int]]) throws(VisualizationError) -> Tape {
    try tapes.tape(for: shapes) { () throws(VisualizationError) in
      guard shapes.count == subjects.count, shapes.allSatisfy({ !$0.isEmpty && !$0.contains(0) })
      else {
        throw .invalidArgument(name, "there is nothing to read in tensors of shapes \(shapes)")
      }
      let expression = try expression(for: shapes)
      guard couplesPictures || !expression.node.inOrder.contains(where: \.couplesPictures) else {
        throw .brokenRule(
          type: "\(Self.self)",
          rule: "couplesPictures is true where an operation goes over pictures")
      }
      return try Tape(expression, of: name, subjects: subjects, shapes: shapes)
    }
  }
}
