import ConvolutionalNetworks

/// A value on the way through an Einsum, its axes called as the equation calls them.
///
/// Its last step is not a layer yet, so that the last step of all can bear the node's name.
struct EinsumTerm {
  typealias Axis = EinsumEquation.Axis

  /// The last step and what it does, for the name of its layer; `nil` where the value is `inputs[0]` itself.
  private let step: (role: String, operation: any LayerOperation)?
  let inputs: [String]
  let axes: [Axis]

  /// A value of the graph.
  init(_ value: String, axes: [Axis]) { (step, inputs, self.axes) = (nil, [value], axes) }

  /// What an operation makes of values of the graph.
  init(_ role: String, _ operation: any LayerOperation, _ inputs: [String], axes: [Axis]) {
    step = (role, operation)
    (self.inputs, self.axes) = (inputs, axes)
  }

  /// The name of the value, whose last step becomes a layer.
  func value(_ graph: inout GraphImport, _ node: ONNXNode) throws(ONNXError.Problem) -> String {
    guard let step else { return inputs[0] }
    return try graph.emitHelper(node, step.role, step.operation, inputs)
  }

  /// The same as a value of the graph.
  func settled(_ graph: inout GraphImport, _ node: ONNXNode) throws(ONNXError.Problem)
    -> EinsumTerm
  {
    EinsumTerm(try value(&graph, node), axes: axes)
  }

  /// Makes the value the node's own.
  func finish(_ graph: inout GraphImport, _ node: ONNXNode) throws(ONNXError.Problem) {
    try graph.emit(node, step?.operation ?? Identity(kind: "Einsum"), inputs)
  }

  /// The same with its axes in another order.
  func arranged(_ order: [Axis], _ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem) -> EinsumTerm
  {
    guard order != axes else { return self }
    let permutation = order.compactMap { axes.firstIndex(of: $0) }
    return EinsumTerm(
      "transposed", Transpose(permutation), [try value(&graph, node)], axes: order)
  }

  /// The sum over all axes but these.
  func summed(keeping kept: Set<Axis>, _ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem) -> EinsumTerm
  {
    let places = axes.indices.filter { !kept.contains(axes[$0]) }
    guard !places.isEmpty else { return self }
    return EinsumTerm(
      "sum", Reduction(.sum, axes: places, keepsAxes: false), [try value(&graph, node)],
      axes: axes.filter(kept.contains))
  }

  /// The diagonals of axes that bear one letter, which are then one axis.
  func diagonal(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem) -> EinsumTerm
  {
    var term = self
    while let second = term.axes.indices.first(where: { term.axes[..<$0].contains(term.axes[$0]) })
    {
      let axis = term.axes[second]
      let others = term.axes.indices.filter { term.axes[$0] != axis || $0 > second }
      let first = term.axes.firstIndex(of: axis) ?? 0
      let matrices = try graph.emitHelper(
        node, "matrices", Transpose(others + [first, second]), [try term.value(&graph, node)])
      // In a row of n · n numbers those of the diagonal are n + 1 apart. Any other matrix does not fit the row.
      let count = others.count
      let extent = try graph.extents(of: matrices, count..<count + 1)
      let area = try graph.arithmetic(Arithmetic(.multiply), [extent, extent])
      let one = ImportedValue.numbers(.integers([1]))
      let step = try graph.arithmetic(Arithmetic(.add), [extent, one])
      let shape = try graph.arithmetic(
        Concatenation(axis: 0), [.numbers(.integers(Array(repeating: 0, count: count))), area])
      let rows = try graph.emitHelper(
        node, "rows", Reshape(to: graph.expression(shape)), [matrices])
      let slice = Slice(
        starts: .constant([0]), ends: .constant([Int.max]), axes: .constant([count]),
        steps: try graph.expression(step))
      term = EinsumTerm(
        "diagonal", slice, [rows], axes: others.map { term.axes[$0] } + [axis])
    }
    return term
  }
}
