extension ProgramGraph {
  /// Lets convolutions hand out only the maxima of their results, with the activation after those: neither the map
  /// between nor its gradient exists then.
  mutating func fuseConvolutionsAndMaxima() {
    let uses = ValueUses(self)
    var taken = Set<Int>()
    for index in nodes.indices {
      guard let pooling = nodes[index].operation as? Pooling,
        nodes[index].rule.isOrdinary,
        let position = uses.writer(ofPrivate: nodes[index].inputs[0]),
        let convolution = nodes[position].operation as? Convolution,
        nodes[position].inputs.count == 1, !nodes[position].epilogue.isActivated,
        let shape = shapes[nodes[position].inputs[0]],
        let pooled = PooledConvolution(
          convolution, pooling, input: presentedShape(shape, nodes[position].layout))
      else { continue }
      nodes[position] = Node(
        layer: nodes[position].layer, layout: nodes[position].layout, operation: pooled,
        inputs: nodes[position].inputs,
        outputs: nodes[index].outputs,
        epilogue: nodes[position].epilogue.activated(as: nodes[index].epilogue))
      taken.insert(index)
    }
    nodes = nodes.indices.filter { !taken.contains($0) }.map { nodes[$0] }
  }
}
