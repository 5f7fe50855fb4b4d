// Where numbers that are not finite come from.

extension Visualizer {
  /// Words that name the first layer whose output is not finite for these pictures; none where all are.
  func sourceOfNonFinite(_ pictures: [[Float]]) -> String {
    let values = sum.layers.compactMap { try? network.value(of: $0) }
    let layers = network.ancestors(of: values).map { network.layers[$0] }
    guard
      let feed = try? PictureFeed(
        network, input: input, specification: specification, size: size, count: seeds.count,
        taps: layers.map { TapRequest(.name($0.name)) }, held: heldInputs, differentiates: false,
        backpropModifier: nil, arithmetic: recipe.arithmetic,
        memory: MemoryBudget(recipe.memoryLimit))
    else { return "" }
    for (index, picture) in pictures.enumerated() { feed.feed(picture, index: index) }
    feed.workspace.forward()
    for (tap, layer) in layers.enumerated() {
      let isFinite = feed.workspace.withTap(tap) { $0.allSatisfy(\.isFinite) }
      if !isFinite {
        return " and the output of layer '\(layer.name)' (\(layer.operation.kind)) is not finite"
      }
    }
    return ""
  }
}
