internal import ConvolutionalNetworks

extension NeuralNetwork {
  /// The layers that patterns name and that have units, in order, with how many units they have.
  ///
  /// - Parameter patterns: all convolutions and dense layers where there are none.
  /// - Parameter inputShapes: the shapes of all inputs for one picture, channels last.
  /// - Throws: `GalleryError.layers` for a pattern that none of them fits, with the nearest name of a layer.
  func layers(
    matching patterns: [LayerPattern], _ inputShapes: [String: [Int]]
  ) throws -> [(position: Int, unitCount: Int)] {
    let shapes = try inferShapes(logicalInputShapes(inputShapes)).shapes
    let drawable = layers.indices.filter { position in
      guard let shape = layers[position].outputs.first.flatMap({ shapes[$0] }) else { return false }
      return !layers[position].inputs.isEmpty && shape.count >= 2 && shape[0] == 1
    }
    var chosen: Set<Int> = []
    for pattern in patterns {
      let fitting = drawable.filter { pattern.matches(layers[$0].name) }
      if fitting.isEmpty {
        // Tells the nearest names of one that is mistyped.
        if pattern.isName { _ = try layer(.name(pattern.text)) }
        throw GalleryError.layers("no layer with units is called '\(pattern.text)'")
      }
      chosen.formUnion(fitting)
    }
    if patterns.isEmpty {
      chosen.formUnion(
        drawable.filter {
          layers[$0].operation is Convolution || layers[$0].operation is Dense
        })
    }
    let positions = chosen.sorted()
    return zip(positions, try unitCounts(ofLayersAt: positions, inputShapes)).map { ($0, $1) }
  }

  /// How many units layers have.
  func unitCounts(
    ofLayersAt positions: [Int], _ inputShapes: [String: [Int]]
  ) throws(VisualizationError) -> [Int] {
    guard !positions.isEmpty else { return [] }
    // Only shapes are asked of it: no weights are put in the order of products.
    let program = try Program(
      self, inputShapes: inputShapes, taps: positions.map { .position($0) },
      options: .init(differentiatedInputs: [], arithmetic: .plain))
    return program.taps.map(\.unitCount)
  }
}
