extension NeuralNetwork {
  /// The output of a layer for pictures, which are preprocessed as the network's input asks.
  ///
  /// - Parameter pictures: `[N, H, W, C]`, 0…1, RGB, grey or in the input's own channels; grey ones for a network of colours,
  ///   `[N, H, W, 1]`, have the same in each. Signals may be `[N, L, C]`, features `[N, F]`.
  /// - Parameter heldInputs: constant values of the network's other inputs, channels last: one for all pictures or one for
  ///   each.
  /// - Parameter memoryLimit: the bytes that the run may take; half of those that the system lets the process have unless
  ///   given.
  /// - Returns: the layer's output, feature maps as `[N, H, W, C]`.
  /// - Throws: `VisualizationError` where the network cannot take such pictures.
  public func evaluate(
    _ pictures: Tensor, at layer: LayerID = -1, heldInputs: [String: Tensor] = [:],
    memoryLimit: Int? = nil
  ) throws(VisualizationError) -> Tensor {
    try evaluate(pictures, at: [layer], heldInputs: heldInputs, memoryLimit: memoryLimit)[0]
  }

  /// The outputs of several layers for pictures, by one pass through the network.
  ///
  ///     let maps = try network.evaluate(photo, at: ["mixed3a", "mixed4d", "softmax"])
  ///
  /// - Parameter pictures: as the form for one layer takes them.
  /// - Returns: the layers' outputs in the order of `layers`, feature maps as `[N, H, W, C]`.
  /// - Throws: `VisualizationError` where the network cannot take such pictures.
  public func evaluate(
    _ pictures: Tensor, at layers: [LayerID], heldInputs: [String: Tensor] = [:],
    memoryLimit: Int? = nil
  ) throws(VisualizationError) -> [Tensor] {
    let input = try PictureInput(
      of: self, heldInputs: heldInputs, pictureCount: pictures.shape.first ?? 0)
    let pictures = try input.given(pictures, "pictures").pictures
    let size = PictureSize(
      height: pictures.shape[1], width: pictures.shape[2], channels: pictures.shape[3])
    let feed = try PictureFeed(
      self, [SizedInput(input: input, size: size, seenSize: size, fit: .resizing)],
      pictures: Array(0..<pictures.shape[0]), taps: layers.map { TapRequest($0) },
      differentiates: false,
      memory: MemoryBudget(memoryLimit))
    pictures.withUnsafeBufferPointer { elements in
      guard let base = elements.baseAddress else { return }
      for index in 0..<pictures.shape[0] { feed.feed(base + index * size.count, index: index) }
    }
    feed.workspace.forward()
    return layers.indices.map(feed.workspace.tap)
  }
}
