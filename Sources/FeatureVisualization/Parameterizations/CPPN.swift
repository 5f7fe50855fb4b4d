/// A compositional pattern-producing network: a small network that computes each pixel's colours from its coordinates, and
/// whose weights are optimised. It has no resolution: what was optimised small is decoded at any size.
///
/// Coordinates (x, y) are those of the pixels' centres, −√3…√3 along the longer side. Each hidden layer is
/// `u = W·a + b`, `a = [arctan u / 0.67, arctan² u / 0.6]`; then `picture = σ(W·a + b)`. Weights start as normal noise of variance
/// 1 / inputs, biases of deviation 0.1, and the last layer as zeros: the first picture is grey.
/// Stanley 2007; https://distill.pub/2018/differentiable-parameterizations; https://github.com/tensorflow/lucid, `cppn`, where all
/// pictures of a batch are the same one. lucent exchanges x and y.
///
///     let large = try drawn.parameters.pictures(height: 1024, width: 1024)
public struct CPPN: Parameterization {
  /// The units of each hidden layer, each of which gives two numbers.
  public let hiddenChannels: Int
  /// The hidden layers.
  public let hiddenLayers: Int
  /// Whether the pictures of a batch have the hidden layers in common, each with a last layer of its own.
  public let sharesHiddenLayers: Bool

  /// A network of so many layers.
  ///
  /// - Parameters:
  ///   - hiddenChannels: the units of each hidden layer, 1 to 256.
  ///   - hiddenLayers: the hidden layers, 1 to 64.
  ///   - sharesHiddenLayers: whether the pictures of a batch have the hidden layers in common, each with a last layer of its
  ///     own.
  public init(
    hiddenChannels: Int = 24, hiddenLayers: Int = 8, sharesHiddenLayers: Bool = false
  ) {
    self.hiddenChannels = hiddenChannels
    self.hiddenLayers = hiddenLayers
    self.sharesHiddenLayers = sharesHiddenLayers
  }

  public var name: String { "CPPN" }
  public var pixelSpace: PixelSpace? { nil }
  public var keepsRange: Bool { true }

  public func makeDecoder(for context: DecoderContext) throws(VisualizationError)
    -> any PictureDecoder
  {
    guard (1...256).contains(hiddenChannels), (1...64).contains(hiddenLayers) else {
      throw .invalidArgument(
        name,
        "\(hiddenLayers) hidden layers of \(hiddenChannels) channels: 1 to 64 layers of 1 to 256")
    }
    let threads = WorkerPool.threadCount
    guard BLASMemory.reserve(threads: threads) else { throw .noMemoryForProducts(threads: threads) }
    return CPPNDecoder(
      context.size,
      CPPNLayers(
        hiddenChannels: hiddenChannels, hiddenLayers: hiddenLayers,
        channels: context.size.channels),
      sharesHiddenLayers: sharesHiddenLayers)
  }
}
