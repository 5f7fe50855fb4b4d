internal import ConvolutionalNetworks

/// How those who published networks fed them.
extension InputSpecification {
  /// torchvision: less the mean of ImageNet, over its deviation.
  static let torchvision = constants(
    .rgb, 0...1, mean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225])

  /// −1…1 of RGB: the weights that torchvision took over from Google.
  static let symmetric = constants(.rgb, 0...1, mean: [0.5], standardDeviation: [0.5])

  /// −1…1 of RGB, as keras.applications has it.
  static let keras = constants(.rgb, 0...255, mean: [127.5], standardDeviation: [127.5])

  /// Nearly −1…1 of RGB: bytes less 127, over 128.
  static let byteHalves = constants(.rgb, 0...255, mean: [127], standardDeviation: [128])

  /// Caffe: 0…255 of BGR less the mean of ImageNet.
  static let caffe = constants(.bgr, 0...255, mean: [104, 117, 123], standardDeviation: [1])

  private static func constants(
    _ order: ChannelOrder, _ range: ClosedRange<Float>, mean: [Float], standardDeviation: [Float]
  ) -> InputSpecification {
    do throws(VisualizationError) {
      return try InputSpecification(
        channelOrder: order, valueRange: range, mean: mean, standardDeviation: standardDeviation)
    } catch {
      preconditionFailure("\(error)")
    }
  }
}
