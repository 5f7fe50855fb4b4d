// Where numbers that are not finite come from.

extension Visualizer {
  /// Words that name the first layer whose output is not finite for these pictures; none where all are.
  ///
  /// - Parameter pictures: those of each input.
  func sourceOfNonFinite(_ pictures: [[[Float]]], _ lanes: [InputLane]) -> String {
    let values = sum.taps.compactMap { try? network.value(of: $0.layer) }
    let layers = network.ancestors(of: values).map { network.layers[$0] }
    let recipe = lanes[0].stage.recipe
    guard
      let feed = try? PictureFeed(
        network, sized(lanes.map(\.stage)), pictures: Array(seeds.indices),
        taps: layers.map { TapRequest(.name($0.name)) }, differentiates: false,
        arithmetic: recipe.arithmetic, memory: MemoryBudget(recipe.memoryLimit))
    else { return "" }
    for (place, lane) in lanes.enumerated() {
      let stage = lane.stage
      var (chain, generator) = (TransformationChain(), SeededGenerator(seed: 0))
      var seen = [Float](repeating: 0, count: stage.seenSize.count)
      for (index, picture) in pictures[place].enumerated() {
        let drawn: Void? = try? chain.draw(
          [], stage.size, target: stage.seenSize, fit: stage.fit, at: stage.lastMoment,
          using: &generator)
        guard drawn != nil else { return "" }
        var span = seen.mutableSpan
        chain.apply(picture.span, into: &span)
        feed.feed(seen, index: index, input: place)
      }
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
