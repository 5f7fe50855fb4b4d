extension ProgramGraph {
  /// Lets activations that rise, such as ReLU, wait until only the maxima of their values are left: what was
  /// activated before a maximum is the same after it, and so is its gradient.
  ///
  /// The layer before needs no mask over its larger map then, nor its values for the pullback.
  mutating func moveActivationsBehindMaxima() {
    let uses = ValueUses(self)

    /// The nodes whose activation makes a value, if nobody else sees it.
    func activating(_ value: String) -> [Int]? {
      var result: [Int] = []
      var pending = [value]
      while let value = pending.popLast() {
        guard let position = uses.writer(ofPrivate: value) else { return nil }
        if nodes[position].epilogue.isActivated {
          result.append(position)
        } else {
          guard nodes[position].operation is Concatenation else { return nil }
          pending += nodes[position].inputs.reversed()
        }
      }
      return result
    }

    for index in nodes.indices {
      guard let pooling = nodes[index].operation as? Pooling, pooling.reduction == .maximum,
        nodes[index].rule.isOrdinary, !nodes[index].epilogue.isActivated,
        everyWindowHoldsACell(pooling, nodes[index]),
        let positions = activating(nodes[index].inputs[0]), let first = positions.first
      else { continue }
      let activation = nodes[first].epilogue.activation
      guard positions.allSatisfy({ nodes[$0].epilogue.activation.acts(as: activation) }) else {
        continue
      }
      for position in positions {
        nodes[position].epilogue = nodes[position].epilogue.withoutActivation
      }
      nodes[index].epilogue = activation
    }
  }

  /// Whether no window lies in the padding alone, where the maximum of nothing is no value to activate.
  private func everyWindowHoldsACell(_ pooling: Pooling, _ node: Node) -> Bool {
    guard let input = shapes[node.inputs[0]],
      let placements = try? pooling.window.placements(
        for: Array(input[node.layout.spatialAxes(rank: input.count)]), ceilMode: pooling.ceilMode)
    else { return false }
    return placements.allSatisfy { axis in
      // Windows that begin inside hold a cell; of the others, the cells that are inside follow one another.
      let beforeTheMap = (axis.paddingBefore + axis.stride - 1) / axis.stride
      return (axis.output - 1) * axis.stride - axis.paddingBefore < axis.input
        && (0..<min(beforeTheMap, axis.output)).allSatisfy { position in
          let start = position * axis.stride - axis.paddingBefore
          let first = (axis.dilation - 1 - start) / axis.dilation
          return first < axis.kernel && start + first * axis.dilation < axis.input
        }
    }
  }
}
