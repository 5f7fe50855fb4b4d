extension ProgramCompiler {
  /// Places a value with permuted axes: as a view where nothing moves in memory, else by one copy from
  /// however the value lies.
  ///
  /// Exporters turn feature maps round to normalize their channels, and back. Here they lie channels last
  /// anyway, so that neither costs anything.
  mutating func transposeValue(_ node: ProgramGraph.Node, _ axes: [Int], source: Int) {
    let value = buffers[source]
    let inMemory = value.arrangement.permutation(rank: axes.count)
    let makesMap = (node.operation as? Transpose)?.makesFeatureMap ?? false
    let arrangement: Arrangement =
      node.layout == .channelsFirst && makesMap && value.arrangement == .logical
      ? .channelsLast : .logical
    let permutation = arrangement.permutation(rank: axes.count).map { axis in
      inMemory.firstIndex(of: axes[axis]) ?? axis
    }
    let shape = permutation.map { value.shape[$0] }
    let result: Int
    if isView(value.shape, permutation) {
      result = view(of: source, shape: shape, arrangement)
    } else {
      result = add(
        Buffer(
          shape: shape, arrangement: arrangement, needsGradient: value.needsGradient,
          isConstant: value.isConstant))
      drafts.append(
        Draft(
          node: node, kernel: TranspositionKernel(shape: value.shape, permutation: permutation),
          arrangement: arrangement, inputs: [source], outputs: [result]))
    }
    placed[node.outputs[0]] = result
  }
}
