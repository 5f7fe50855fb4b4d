public import ConvolutionalNetworks
public import FeatureVisualization

/// How the pictures of a gallery are drawn.
public struct GalleryDrawing: Sendable {
  /// The network, whose digest the plan has.
  public let network: NeuralNetwork
  /// What the plan's recipe describes, with the limit on memory and what other inputs hold.
  public let preset: Preset
  /// How many units of a layer are drawn at once, if memory allows.
  public let batch: Int
  /// Makes of a picture `[1, H, W, C]` the colours or the grey that people see.
  public let visible: @Sendable (Tensor) throws -> Tensor

  /// - Parameters:
  ///   - network: the network as the plan has it.
  ///   - preset: what the plan's recipe describes.
  ///   - batch: how many units of a layer are drawn at once. No picture depends on it.
  ///   - visible: makes of a picture `[1, H, W, C]` the colours or the grey that people see; nothing unless given.
  /// - Throws: `GalleryError.recipe` where a picture would depend on the others of its batch.
  public init(
    _ network: NeuralNetwork, preset: Preset, batch: Int = 8,
    visible: @escaping @Sendable (Tensor) throws -> Tensor = { $0 }
  ) throws(GalleryError) {
    (self.network, self.preset, self.visible) = (network, preset, visible)
    self.batch = max(1, batch)
    if let term = preset.regularizers.terms.first(where: { $0.loss.couplesPictures }) {
      throw .recipe("each unit is drawn alone, and '\(term.loss.name)' looks at several pictures")
    }
  }

  /// Draws units of one layer, each from its own seed.
  ///
  /// - Throws: `VisualizationError`.
  func pictures(
    of units: [GalleryUnit], at position: Int, seeds: [UInt64],
    onProgress: @escaping (VisualizationProgress) -> Void
  ) throws(VisualizationError) -> Visualization {
    let objective = preset.objective(
      of: .position(position), eachOf: units.map { [.index($0.unit)] }, at: nil, in: nil)
    return try network.visualizeActivationWithLosses(
      objective + preset.regularizers, preset: preset, seeds: seeds, onProgress: onProgress)
  }
}
