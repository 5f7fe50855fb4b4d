extension NeuralNetwork {
  /// The output of a layer for pictures, which are preprocessed as the network's input asks.
  ///
  /// - Parameter pictures: `[N, H, W, C]`, 0…1, RGB or grey.
  /// - Parameter heldInputs: constant values of the network's other inputs, channels last.
  /// - Parameter memoryLimit: the bytes that the run may take; half of those that the system lets the process have unless
  ///   given.
  /// - Returns: the layer's output, feature maps as `[N, H, W, C]`.
  /// - Throws: `VisualizationError` where the network cannot take such pictures.
  public func evaluate(
    _ pictures: Tensor, at layer: LayerID = -1, heldInputs: [String: Tensor] = [:],
    memoryLimit: Int? = nil
  ) throws(VisualizationError) -> Tensor {
    guard let input = inputs.first(where: { heldInputs[$0.name] == nil }) else {
      throw .invalidArgument("heldInputs", "every input is held")
    }
    guard let specification = input.specification else {
      throw .missingSpecification(input: input.name)
    }
    guard pictures.rank == 4, pictures.shape[0] > 0,
      pictures.shape[3] == specification.channelOrder.channelCount
    else {
      throw .invalidArgument(
        "pictures",
        "shape \(pictures.shape) is not [N, H, W, \(specification.channelOrder.channelCount)]")
    }
    try pictures.validatePicture("pictures")
    try validate(heldInputs: heldInputs)
    let size = PictureSize(
      height: pictures.shape[1], width: pictures.shape[2], channels: pictures.shape[3])
    let feed = try PictureFeed(
      self, input: input, specification: specification, size: size, count: pictures.shape[0],
      taps: [TapRequest(layer)], held: heldInputs, differentiates: false,
      backpropModifier: nil, memory: MemoryBudget(memoryLimit))
    pictures.withUnsafeBufferPointer { elements in
      guard let base = elements.baseAddress else { return }
      for index in 0..<pictures.shape[0] { feed.feed(base + index * size.count, index: index) }
    }
    feed.workspace.forward()
    return feed.workspace.tap(0)
  }
}
