import ConvolutionalNetworks

/// ReverseSequence: the first steps of each sequence in opposite order, the rest as they are.
extension OperatorImports {
  static let sequences: [String: OperatorImport] = ["ReverseSequence": reverseSequence]

  private static func reverseSequence(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let time = try node.int("time_axis", default: 0)
    let batch = try node.int("batch_axis", default: 1)
    guard [[0, 1], [1, 0]].contains([time, batch]) else {
      throw .invalidAttribute("time_axis", reason: "\(time) beside the batch axis \(batch)")
    }
    let input = try graph.feature(node, 0)
    let steps = try graph.arithmetic(
      NumberRange(),
      [
        .numbers(.integers([0])), try graph.extents(of: input, time..<time + 1),
        .numbers(.integers([1])),
      ])
    if let lengths = try? graph.integers(node, 1), let length = lengths.first,
      lengths.allSatisfy({ $0 == length })
    {
      // The same for all sequences, however many there are.
      let positions = try positions(&graph, steps, length: length)
      return try graph.emit(node, Gather(axis: time, positions: positions), [input])
    }
    let rank = try graph.rank(node, 0)
    guard rank > 1 else { throw .unsupported("sequences of \(rank) axes") }
    let swap = Transpose([1, 0] + Array(2..<rank))
    let sequences =
      time == 0 ? try graph.emitHelper(node, "sequences", swap, [input]) : input
    let positions = try positions(&graph, node, steps)
    let gather = IndexedGather(.coordinates(batchAxes: 1))
    guard time == 0 else { return try graph.emit(node, gather, [sequences, positions]) }
    let reversed = try graph.emitHelper(node, "reversed", gather, [sequences, positions])
    try graph.emit(node, swap, [reversed])
  }

  /// Where each step comes from, in sequences of one length.
  private static func positions(
    _ graph: inout GraphImport, _ steps: ImportedValue, length: Int
  ) throws(ONNXError.Problem) -> ShapeExpression {
    let isReversed = try graph.arithmetic(
      Comparison.less, [steps, .numbers(.integers([length]))])
    let mirrored = try graph.arithmetic(
      Arithmetic(.subtract), [.numbers(.integers([length &- 1])), steps])
    return try graph.expression(graph.arithmetic(Where(), [isReversed, mirrored, steps]))
  }

  /// Where each step of each sequence comes from, `[N, T, 1]`.
  private static func positions(
    _ graph: inout GraphImport, _ node: ONNXNode, _ steps: ImportedValue
  ) throws(ONNXError.Problem) -> String {
    let numbers = try graph.defineHelper(node, "steps", steps)
    let one = try graph.integerHelper(node, "one", [1])
    let lengths = try graph.emitHelper(
      node, "lengths", Unsqueeze(axes: [1]), [try graph.feature(node, 1)])
    let last = try graph.emitHelper(node, "last", Arithmetic(.subtract), [lengths, one])
    let mirrored = try graph.emitHelper(node, "mirrored", Arithmetic(.subtract), [last, numbers])
    let isReversed = try graph.emitHelper(
      node, "is reversed", Comparison.less, [numbers, lengths])
    let positions = try graph.emitHelper(
      node, "positions", Where(), [isReversed, mirrored, numbers])
    return try graph.emitHelper(node, "coordinates", Unsqueeze(axes: [-1]), [positions])
  }
}
