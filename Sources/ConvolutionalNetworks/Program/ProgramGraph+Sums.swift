extension ProgramGraph {
  /// Lets convolutions add another map to their result before it leaves the registers, as residual networks do, with
  /// the activation after it.
  ///
  /// The convolution then runs where the sum would have, with the other map as a second input.
  mutating func fuseSums() {
    let uses = ValueUses(self)
    var taken = Set<Int>()
    for index in nodes.indices {
      guard let sum = nodes[index].operation as? Arithmetic, sum.operator == .add,
        nodes[index].inputs.count == 2,
        shapes[nodes[index].inputs[0]] == shapes[nodes[index].inputs[1]]
      else { continue }
      func writer(of operand: Int) -> Int? {
        uses.writer(ofPrivate: nodes[index].inputs[operand])
      }
      // The later of two convolutions: its result is the one still in cache.
      let candidates = nodes[index].inputs.indices.filter { operand in
        guard let writer = writer(of: operand), !taken.contains(writer),
          let convolution = nodes[writer].operation as? Convolution
        else { return false }
        return convolution.groups == 1 && nodes[writer].inputs.count == 1
          && !nodes[writer].epilogue.isActivated && nodes[index].epilogue.scale == nil
          && nodes[index].epilogue.shift == nil
      }
      guard
        let operand = candidates.max(by: { (writer(of: $0) ?? 0) < (writer(of: $1) ?? 0) }),
        let position = writer(of: operand)
      else { continue }
      let convolution = nodes[position]
      let other = nodes[index].inputs[1 - operand]
      nodes[index] = Node(
        layer: convolution.layer, layout: convolution.layout, operation: convolution.operation,
        inputs: convolution.inputs + [other], outputs: nodes[index].outputs,
        epilogue: convolution.epilogue.activated(as: nodes[index].epilogue))
      taken.insert(position)
    }
    nodes = nodes.indices.filter { !taken.contains($0) }.map { nodes[$0] }
  }
}
