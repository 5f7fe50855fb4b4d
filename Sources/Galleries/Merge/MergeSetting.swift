internal import ConvolutionalNetworks
internal import FeatureVisualization
internal import PictureFiles

/// What merging looks at pictures with.
struct MergeSetting {
  let network: NeuralNetwork
  let heldInputs: [String: Tensor]
  let memoryLimit: Int?
  /// How files are read for the network's picture; `nil` where that takes no colours and no grey.
  let channels: PictureFile.Channels?
  /// Told how many more pictures have gone through the network.
  let onProgress: (Int) -> Void

  /// - Throws: `VisualizationError` where it is not known which input is the picture, or how it is fed.
  init(
    _ network: NeuralNetwork, _ heldInputs: [String: Tensor], _ memoryLimit: Int?,
    _ onProgress: @escaping (Int) -> Void
  ) throws(VisualizationError) {
    (self.network, self.heldInputs, self.memoryLimit) = (network, heldInputs, memoryLimit)
    self.onProgress = onProgress
    let picture = try PictureInput(of: network, heldInputs: heldInputs, pictureCount: 1)
    let order = picture.specification.channelOrder
    channels =
      !picture.form.isPicture ? nil : order.isColor ? .rgb : order == .gray ? .gray : nil
  }
}
