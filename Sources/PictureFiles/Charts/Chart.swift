public import ConvolutionalNetworks

/// Something drawn with lines, bars and text, which a `ChartFile` writes.
public protocol Chart: Sendable {
  /// The chart in pixels, `[1, H, W, 3]`, 0…1.
  var picture: Tensor { get }
  /// The chart as a document of Scalable Vector Graphics, which stays sharp at any size. Names keep all of their letters, and
  /// are escaped.
  var svg: String { get }
}
