/// A loss that is an expression, whose gradient the package derives.
///
///     let activations = TensorExpression.layer("mixed4a")
///     let loss = DerivedLoss("MeanSquare", minimizing: activations.squared().mean())
///
/// It is compiled once for each set of shapes, and keeps the memory that an evaluation takes for the next one.
public struct DerivedLoss: Loss {
  public let name: String
  /// What the expression reads, and what the losses in it do, each once.
  public let subjects: [LossSubject]
  /// Whether an operation goes over pictures, or a loss in the expression couples them.
  public let couplesPictures: Bool
  /// What is made small: a number for each picture, `[N]`.
  public let expression: TensorExpression

  private let tapes = TapeCache()

  /// Makes an expression small that is a number for each picture, `[N]`.
  public init(_ name: String, minimizing expression: TensorExpression) {
    self.name = name
    self.expression = expression
    var subjects: [LossSubject] = []
    var couples = false
    for node in expression.node.inOrder {
      couples = couples || node.couplesPictures
      let read: [LossSubject] =
        switch node.content {
        case .subject(let subject): [subject]
        case .loss(let loss): loss.subjects
        case .constant, .number, .shareOfBatch, .operation: []
        }
      for subject in read where !subjects.contains(subject) { subjects.append(subject) }
    }
    (self.subjects, couplesPictures) = (subjects, couples)
  }

  /// Makes an expression large that is a number for each picture, `[N]`: the loss is minus its value.
  public init(_ name: String, maximizing expression: TensorExpression) {
    self.init(name, minimizing: -expression)
  }

  public func resolved(in network: NeuralNetwork) throws -> DerivedLoss {
    try replacingLeaves { content in
      guard case .loss(let loss) = content else { return nil }
      return .loss(try loss.resolved(in: network))
    }
  }

  public func validate(_ shapes: [[Int]]) throws {
    guard !subjects.isEmpty else {
      throw VisualizationError.invalidArgument(name, "it reads neither a layer nor the picture")
    }
    _ = try tape(for: shapes)
    for case .loss(let loss) in expression.node.inOrder.map(\.content) {
      try loss.validate(loss.subjects.map { shapes[subjects.firstIndex(of: $0)!] })
    }
  }

  public func selecting(_ pictures: [Int]) -> DerivedLoss? {
    guard !couplesPictures else { return nil }
    return try? replacingLeaves { content in
      switch content {
      case .loss(let loss):
        guard let selected = loss.selecting(pictures) else { throw IndivisibleBatch() }
        return .loss(selected)
      case .constant(let tensor, isPerPicture: true):
        return .constant(try tensor.rows(pictures), isPerPicture: true)
      case .constant, .subject, .number, .shareOfBatch, .operation: return nil
      }
    }
  }

  public func values(_ tensors: TappedTensors) -> [Float] {
    tape(of: tensors).values(tensors)
  }

  public func addGradients(
    of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
  ) {
    tape(of: tensors).addGradients(of: tensors, scales: scales, to: &gradients)
  }

  private func replacingLeaves(
    _ replace: (ExpressionNode.Content) throws -> ExpressionNode.Content?
  ) rethrows -> DerivedLoss {
    let node = try expression.node.replacingLeaves(replace)
    // The same expression keeps its tapes.
    return node === expression.node ? self : DerivedLoss(name, minimizing: .init(node: node))
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
      try Tape(expression, of: name, subjects: subjects, shapes: shapes)
    }
  }
}

/// A batch that some pictures cannot leave.
private struct IndivisibleBatch: Error {}

extension Tensor {
  /// Some rows of the first axis.
  fileprivate func rows(_ rows: [Int]) throws -> Tensor {
    let extent = shape.first ?? 0
    guard rows.allSatisfy({ (0..<extent).contains($0) }) else { throw IndivisibleBatch() }
    let width = shape.dropFirst().reduce(1, *)
    return withUnsafeBufferPointer { elements in
      Tensor(
        shape: [rows.count] + shape.dropFirst(),
        elements: rows.flatMap { elements[$0 * width..<($0 + 1) * width] })
    }
  }
}
