/// Where the channels of a feature map stand in the logical shapes of a network's file.
///
/// A network keeps the axis order of the format it came from, so that Reshape, Flatten and Transpose mean
/// what they meant there. Tensors handed in and out are channels last all the same: `Program` places each
/// feature map so and converts only where an operation depends on the logical order.
public enum TensorLayout: Sendable, Equatable {
  /// `[N, C, H, W]`: ONNX, PyTorch, Caffe.
  case channelsFirst
  /// `[N, H, W, C]`: Keras, TensorFlow.
  case channelsLast

  /// The logical axis of the channels in a feature map of `rank` axes.
  public func channelAxis(rank: Int) -> Int {
    self == .channelsFirst ? 1 : rank - 1
  }

  /// The logical axes of height and width (or of the only one) in a feature map of `rank` axes.
  public func spatialAxes(rank: Int) -> Range<Int> {
    self == .channelsFirst ? 2..<rank : 1..<(rank - 1)
  }

  /// The logical shape of a feature map from its batch, spatial extents and channels.
  package func shape(batch: Int, spatial: [Int], channels: Int) -> [Int] {
    self == .channelsFirst ? [batch, channels] + spatial : [batch] + spatial + [channels]
  }
}
