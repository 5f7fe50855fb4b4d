extension Tape {
  /// Compiles the expression of a loss.
  ///
  /// - Parameters:
  ///   - shapes: those of `subjects`, with the pictures along the first axis.
  /// - Throws: `VisualizationError.invalidArgument` with the name of the loss, the operation and the shapes.
  init(
    _ expression: TensorExpression, of loss: String, subjects: [LossSubject], shapes: [[Int]]
  ) throws(VisualizationError) {
    guard let pictures = shapes.first?.first, shapes.count == subjects.count,
      shapes.allSatisfy({ $0.first == pictures })
    else {
      throw .invalidArgument(
        loss,
        "\(subjects.count) tensors are read, each of the same pictures along its first axis, not \(shapes)"
      )
    }
    var builder = TapeBuilder(loss: loss, pictureCount: pictures)
    for (subject, shape) in zip(subjects, shapes) {
      builder.subjects[subject] = (builder.subjects.count, shape)
    }
    for node in expression.node.inOrder { try builder.append(node) }
    self = try builder.finish()
  }
}

/// A tape that is being compiled, node by node.
private struct TapeBuilder {
  let loss: String
  let pictureCount: Int
  /// The position of each subject, and its shape.
  var subjects: [LossSubject: (position: Int, shape: [Int])] = [:]

  private var nodes: [Tape.Node] = []
  private var shapes: [ExpressionShape] = []
  private var positions: [ObjectIdentifier: Int] = [:]
  private var size = 0

  init(loss: String, pictureCount: Int) {
    (self.loss, self.pictureCount) = (loss, pictureCount)
  }

  mutating func append(_ node: ExpressionNode) throws(VisualizationError) {
    let perPicture = ExpressionShape(pictures: pictureCount, axes: [])
    switch node.content {
    case .subject(let subject):
      guard let (position, shape) = subjects[subject] else {
        throw .invalidArgument(loss, "\(subject) is not among its subjects")
      }
      append(
        node, .subject(position),
        ExpressionShape(pictures: pictureCount, axes: Array(shape.dropFirst())))
    case .loss(let inner):
      append(
        node, .loss(inner, subjects: inner.subjects.compactMap { subjects[$0]?.position }),
        perPicture)
    case .constant(let tensor, let isPerPicture):
      guard !isPerPicture || tensor.shape.first == pictureCount else {
        throw .invalidArgument(
          loss,
          "constants of shape \(tensor.shape) have no first axis of \(pictureCount) pictures")
      }
      let axes = isPerPicture ? Array(tensor.shape.dropFirst()) : tensor.shape
      append(
        node, .constant(tensor),
        ExpressionShape(pictures: isPerPicture ? pictureCount : nil, axes: axes))
    case .number(let number):
      append(node, .number(number), ExpressionShape(pictures: nil, axes: []))
    case .shareOfBatch: append(node, .shareOfBatch, perPicture)
    case .operation(let operation, let operands):
      let operands = operands.map { positions[ObjectIdentifier($0)]! }
      let plan: OperationPlan
      do throws(ExpressionError) { plan = try operation.plan(operands.map { shapes[$0] }) } catch {
        throw .invalidArgument(loss, error.description(of: operation.name))
      }
      append(
        node, plan.kernel.map { .kernel($0) } ?? .view, plan.shape, operands,
        passesGradient: operation.passesGradient)
    }
  }

  /// The tape, whose last node is a number for each picture.
  func finish() throws(VisualizationError) -> Tape {
    let result = shapes[shapes.count - 1]
    guard result.axes.isEmpty else {
      throw .invalidArgument(
        loss,
        "the result of shape \(result) is not one number for each picture, [\(pictureCount)]: take its mean() or sum()"
      )
    }
    guard result.pictures != nil else {
      throw .invalidArgument(
        loss,
        "the result is one number for all pictures: share it out by dividedAmongPictures()")
    }
    return Tape(nodes: nodes, pictureCount: pictureCount, size: size)
  }

  private mutating func append(
    _ node: ExpressionNode, _ source: Tape.Source, _ shape: ExpressionShape,
    _ operands: [Int] = [], passesGradient: Bool = true
  ) {
    var (valuePlace, gradientPlace, statePlace): (Int?, Int?, Int) = (nil, nil, 0)
    switch source {
    case .subject, .constant, .view: break
    case .number, .shareOfBatch: valuePlace = take(shape.count)
    case .loss: (valuePlace, gradientPlace) = (take(shape.count), take(shape.count))
    case .kernel(let kernel):
      valuePlace = take(shape.count)
      // What is computed from constants alone has no gradient.
      if operands.contains(where: { depends[$0] }) { gradientPlace = take(shape.count) }
      statePlace = take(kernel.stateCount)
    }
    positions[ObjectIdentifier(node)] = nodes.count
    depends.append(isDifferentiable(source, operands, passesGradient))
    shapes.append(shape)
    nodes.append(
      Tape.Node(
        source: source, operands: operands, count: shape.count, passesGradient: passesGradient,
        valuePlace: valuePlace, gradientPlace: gradientPlace, statePlace: statePlace))
  }

  /// Whether each node depends, differentiably, on what is tapped.
  private var depends: [Bool] = []

  private func isDifferentiable(_ source: Tape.Source, _ operands: [Int], _ passesGradient: Bool)
    -> Bool
  {
    switch source {
    case .subject, .loss: true
    case .constant, .number, .shareOfBatch: false
    case .kernel, .view: passesGradient && operands.contains { depends[$0] }
    }
  }

  /// The place of so many numbers, aligned to 64 bytes.
  private mutating func take(_ count: Int) -> Int {
    defer { size += (count + 15) / 16 * 16 }
    return size
  }
}
