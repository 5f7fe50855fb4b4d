// Where numbers that are not finite come from.

extension Visualizer {
  /// Words that name the first layer whose output is not finite for these pictures; none where all are.
  func sourceOfNonFinite(_ pictures: [[Float]], _ stage: AscentStage) -> String {
    let values = sum.taps.compactMap { try? network.value(of: $0.layer) }
    let layers = network.ancestors(of: values).map { network.layers[$0] }
    guard
      let feed = try? input.makeFeed(
        network, stage.seenSize, pictures: Array(seeds.indices),
        taps: layers.map { TapRequest(.name($0.name)) }, differentiates: false,
        arithmetic: stage.recipe.arithmetic, memory: MemoryBudget(stage.recipe.memoryLimit))
    else { return "" }
    var (chain, generator) = (TransformationChain(), SeededGenerator(seed: 0))
    var seen = [Float](repeating: 0, count: stage.seenSize.count)
    for (index, picture) in pictures.enumerated() {
      let drawn: Void? = try? chain.draw(
        [], stage.size, target: stage.seenSize, fit: stage.fit, at: stage.lastMoment,
        using: &generator)
      guard drawn != nil else { return "" }
      var span = seen.mutableSpan
      chain.apply(picture.span, into: &span)
      feed.feed(seen, index: index)
    }
    feed.forward()
    for (tap, layer) in layers.enumerated() {
      let isFinite = feed.workspace.withTap(tap) { $0.allSatisfy(\.isFinite) }
      if !isFinite {
        return " and the output of layer '\(layer.name)' (\(layer.operation.kind)) is not finite"
      }
    }
    return ""
  }
}
