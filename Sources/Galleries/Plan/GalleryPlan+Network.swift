internal import ConvolutionalNetworks
internal import NaturalExamples

extension GalleryPlan {
  /// Refuses another network than the one that was drawn, and a plan of layers and units that the network does not have.
  ///
  /// - Throws: `GalleryError.otherPlan`, `.unreadable`; `VisualizationError` where the network does not take such pictures.
  func validate(
    for other: NeuralNetwork, _ heldInputs: [String: Tensor], in paths: GalleryPaths
  ) throws {
    let digest = NetworkDigest.text(of: other, heldInputs: heldInputs)
    guard digest == network else {
      throw GalleryError.otherPlan(
        folder: paths.name,
        differences: ["the network is \(digest.prefix(12)), and was \(network.prefix(12))"])
    }
    let positions = layers.map(\.position)
    let isAscending = zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 }
    guard isAscending, positions.allSatisfy(other.layers.indices.contains),
      try zip(layers, other.unitCounts(ofLayersAt: positions, inputShapes(in: other, heldInputs)))
        .allSatisfy({ layer, count in
          layer.name == other.layers[layer.position].name && layer.unitCount == count
            && layer.units.allSatisfy { (0..<count).contains($0) }
            && zip(layer.units, layer.units.dropFirst()).allSatisfy { $0 < $1 }
        })
    else {
      throw GalleryError.unreadable(
        file: paths.plan.relativePath, reason: "its layers and units are not the network's")
    }
  }

  /// The shapes of the network's inputs for one picture, channels last.
  func inputShapes(
    in network: NeuralNetwork, _ heldInputs: [String: Tensor]
  ) throws(VisualizationError) -> [String: [Int]] {
    try network.inputShapes(for: recipe, heldInputs: heldInputs)
  }
}
