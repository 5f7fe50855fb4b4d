/// A node of an expression's graph. Two expressions that share a node share its value.
final class ExpressionNode: Sendable {
  enum Content: Sendable {
    case subject(LossSubject)
    case loss(any Loss)
    case constant(Tensor, isPerPicture: Bool)
    case number(Schedule)
    /// 1 / N for each of N pictures.
    case shareOfBatch
    case operation(any TensorOperation, [ExpressionNode])
  }

  let content: Content
  /// Whether the first axis of the value is that of the pictures.
  let isPerPicture: Bool

  init(_ content: Content) {
    self.content = content
    isPerPicture =
      switch content {
      case .subject, .loss, .shareOfBatch: true
      case .constant(_, let isPerPicture): isPerPicture
      case .number: false
      case .operation(let operation, let operands):
        operation.isPerPicture(operands.map(\.isPerPicture))
      }
  }

  var operands: [ExpressionNode] {
    if case .operation(_, let operands) = content { operands } else { [] }
  }

  /// Whether the value of one picture depends on others here.
  var couplesPictures: Bool {
    switch content {
    case .loss(let loss): loss.couplesPictures
    case .operation(let operation, let operands):
      operation.couplesPictures(operands.map(\.isPerPicture))
    case .shareOfBatch: true
    case .subject, .constant, .number: false
    }
  }

  /// The node and all that it is computed from, each once and after its operands.
  var inOrder: [ExpressionNode] {
    var order: [ExpressionNode] = []
    var known: Set<ObjectIdentifier> = []
    // Operands are met before the node that waits for them; no recursion, since graphs may be deep.
    var waiting: [(node: ExpressionNode, isReady: Bool)] = [(self, false)]
    while let (node, isReady) = waiting.popLast() {
      if isReady {
        order.append(node)
      } else if known.insert(ObjectIdentifier(node)).inserted {
        waiting.append((node, true))
        for operand in node.operands.reversed() where !known.contains(ObjectIdentifier(operand)) {
          waiting.append((operand, false))
        }
      }
    }
    return order
  }

  /// The same graph with other leaves. Nodes under which nothing changes stay what they are.
  ///
  /// - Parameter replace: the leaf instead; `nil` where it stays.
  func replacingLeaves(_ replace: (Content) throws -> Content?) rethrows -> ExpressionNode {
    var replaced: [ObjectIdentifier: ExpressionNode] = [:]
    for node in inOrder {
      guard case .operation(let operation, let operands) = node.content else {
        if let content = try replace(node.content) {
          replaced[ObjectIdentifier(node)] = ExpressionNode(content)
        }
        continue
      }
      let others = operands.map { replaced[ObjectIdentifier($0)] ?? $0 }
      if zip(operands, others).contains(where: { $0 !== $1 }) {
        replaced[ObjectIdentifier(node)] = ExpressionNode(.operation(operation, others))
      }
    }
    return replaced[ObjectIdentifier(self)] ?? self
  }
}
