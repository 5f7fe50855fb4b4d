extension BatchStatistics {
  /// Statistics of training as those of one picture, which is never the average picture.
  ///
  /// What photos are off by costs nothing; it was measured on EfficientNet-Lite1 (Docs/Quality.md). Early layers are held
  /// tighter, since there the thing does not show, and deep ones looser, since there it is to stand out.
  func ofOnePicture(in network: NeuralNetwork) -> Objective {
    let tolerant = tolerating { known, depth in
      let share = 0.3 + depth
      let deviation =
        network.isDepthwise(known.layer) ? 0.3 + 0.6 * depth * depth : 0.2 + 0.1 * depth
      return Tolerance(
        mean: share * (0.3 + 0.27 * depth * depth), deviation: max(0.12, share * deviation))
    }
    return 90 / Float(layers.count) * tolerant.fading(to: 0.3)
  }
}

extension NeuralNetwork {
  /// Whether a layer is a depthwise convolution: its channels are those of single things, and most pictures have few.
  fileprivate func isDepthwise(_ layer: LayerID) -> Bool {
    guard let position = try? position(of: layer),
      let convolution = layers[position].operation as? Convolution
    else { return false }
    return convolution.groups > 1 && convolution.groups == convolution.weights.shape[0]
  }
}
