import ConvolutionalNetworks

// Two operands of an Einsum become one: by a product of matrices where there is something to sum over, else element by
// element.
extension EinsumTerm {
  /// The product with another term, summed over the axes that nobody needs any longer.
  func product(
    with other: EinsumTerm, keeping kept: Set<Axis>, _ graph: inout GraphImport, _ node: ONNXNode
  ) throws(ONNXError.Problem) -> EinsumTerm {
    var (left, right) = (try settled(&graph, node), try other.settled(&graph, node))
    let shared = Set(left.axes).intersection(right.axes)
    (left, right) = (
      try left.stretched(shared.subtracting(kept), beside: right, &graph, node),
      try right.stretched(shared.subtracting(kept), beside: left, &graph, node)
    )
    // A sum over an axis that the other does not have comes first.
    left = try left.summed(keeping: kept.union(shared), &graph, node).settled(&graph, node)
    right = try right.summed(keeping: kept.union(shared), &graph, node).settled(&graph, node)
    guard !shared.isSubset(of: kept) else {
      return try left.elementwiseProduct(with: right, &graph, node)
    }
    // Weights stand on the right.
    let areKnown = (
      try graph.value(left.inputs[0]).isKnown, try graph.value(right.inputs[0]).isKnown
    )
    return try areKnown.0 && !areKnown.1
      ? right.matrixProduct(with: left, keeping: kept, &graph, node)
      : left.matrixProduct(with: right, keeping: kept, &graph, node)
  }

  /// The value stretched along those of some axes where it has a single element and the other term more, or perhaps so
  /// where sizes are free. Products of matrices do not stretch what they sum over.
  private func stretched(
    _ candidates: Set<Axis>, beside other: EinsumTerm, _ graph: inout GraphImport, _ node: ONNXNode
  ) throws(ONNXError.Problem) -> EinsumTerm {
    guard let own = graph.assumedShape(of: inputs[0]),
      let others = graph.assumedShape(of: other.inputs[0])
    else { return self }
    var shape: [ImportedValue] = []
    var isStretched = false
    for (axis, extent) in zip(axes, own) {
      guard candidates.contains(axis), extent == 1, let place = other.axes.firstIndex(of: axis),
        others[place] != 1
      else {
        shape.append(.numbers(.integers([1])))
        continue
      }
      shape.append(try graph.extents(of: other.inputs[0], place..<place + 1))
      isStretched = true
    }
    guard isStretched else { return self }
    let target = try graph.arithmetic(Concatenation(axis: 0), shape)
    let expand = Expand(to: try graph.expression(target))
    return try EinsumTerm("stretched", expand, inputs, axes: axes).settled(&graph, node)
  }

  private func elementwiseProduct(
    with other: EinsumTerm, _ graph: inout GraphImport, _ node: ONNXNode
  ) throws(ONNXError.Problem) -> EinsumTerm {
    let order = axes + other.axes.filter { !axes.contains($0) }
    let factors = [
      try aligned(to: order, &graph, node), try other.aligned(to: order, &graph, node),
    ]
    return EinsumTerm("product", Arithmetic(.multiply), factors, axes: order)
  }

  /// The value with its axes in the order of `order`, and an axis of one element where it has none.
  private func aligned(to order: [Axis], _ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem) -> String
  {
    let arranged = try arranged(order.filter(axes.contains), &graph, node)
    let value = try arranged.value(&graph, node)
    // Broadcasting adds axes before the first.
    let relevant = order.drop { !axes.contains($0) }
    let missing = relevant.enumerated().filter { !axes.contains($1) }.map(\.offset)
    guard !missing.isEmpty else { return value }
    return try graph.emitHelper(node, "aligned", Unsqueeze(axes: missing), [value])
  }

  /// The product of matrices, whose axes are taken together where there are several.
  private func matrixProduct(
    with other: EinsumTerm, keeping kept: Set<Axis>, _ graph: inout GraphImport, _ node: ONNXNode
  ) throws(ONNXError.Problem) -> EinsumTerm {
    let shared = axes.filter(other.axes.contains)
    let (batch, inner) = (shared.filter(kept.contains), shared.filter { !kept.contains($0) })
    let rows = axes.filter { !shared.contains($0) }
    let columns = other.axes.filter { !shared.contains($0) }
    let left = try arranged(batch + rows + inner, &graph, node).value(&graph, node)
    let right = try other.arranged(batch + inner + columns, &graph, node).value(&graph, node)
    // With a single matrix on the right the rows may have any axes.
    let outer = batch.isEmpty ? rows.count : batch.count
    let rowGroups = batch.isEmpty ? [] : [rows.count]
    let leftMatrices = try Self.grouped(
      left, keeping: outer, rowGroups + [inner.count], &graph, node)
    let rightMatrices = try Self.grouped(
      right, keeping: batch.count, [inner.count, columns.count], &graph, node)
    let result = batch + rows + columns
    var product = EinsumTerm(
      "product", MatrixMultiplication(), [leftMatrices, rightMatrices], axes: result)
    if batch.isEmpty, !rows.isEmpty, let matrix = try graph.value(rightMatrices).tensor {
      try graph.take(matrix.count)
      product = EinsumTerm(
        "product", Dense(weights: matrix.transposed([1, 0])), [leftMatrices], axes: result)
    }
    guard (batch.isEmpty || rows.count == 1) && columns.count == 1 else {
      var extents = [ImportedValue.numbers(.integers(Array(repeating: 0, count: outer)))]
      if !batch.isEmpty {
        extents.append(try graph.extents(of: left, batch.count..<batch.count + rows.count))
      }
      let firstColumn = batch.count + inner.count
      extents.append(
        try graph.extents(of: right, firstColumn..<firstColumn + columns.count))
      let shape = try graph.arithmetic(Concatenation(axis: 0), extents)
      return EinsumTerm(
        "ungrouped", Reshape(to: try graph.expression(shape)),
        [try product.value(&graph, node)], axes: result)
    }
    return product
  }

  /// A value whose first `count` axes stay, and of whose others each group of neighbours becomes one, of a single element
  /// where the group is empty.
  private static func grouped(
    _ value: String, keeping count: Int, _ groups: [Int], _ graph: inout GraphImport,
    _ node: ONNXNode
  ) throws(ONNXError.Problem) -> String {
    guard groups.contains(where: { $0 != 1 }) else { return value }
    var extents = [ImportedValue.numbers(.integers(Array(repeating: 0, count: count)))]
    var axis = count
    for group in groups {
      let own = try graph.extents(of: value, axis..<axis + group)
      extents.append(try graph.arithmetic(Reduction(.product, axes: [0]), [own]))
      axis += group
    }
    let shape = try graph.arithmetic(Concatenation(axis: 0), extents)
    return try graph.emitHelper(
      node, "grouped", Reshape(to: try graph.expression(shape)), [value])
  }
}
