public import ConvolutionalNetworks
internal import NetworkFormats

/// The networks that come with the package, by the names of their files.
public enum EmbeddedNetwork: String, CaseIterable, Sendable {
  /// Classifies drawn pictures: `NeuralNetwork.pictureNet()`.
  case pictureNet = "picture-net"
  /// Classifies the same pictures by attention: `NeuralNetwork.pictureTransformer()`.
  case pictureTransformer = "picture-transformer"
  /// Counts drawn apples: `NeuralNetwork.appleCounter()`.
  case appleCounter = "apple-counter"

  /// The steps of the default recipe after which pictures are clear; networks trained against perturbations need
  /// few, and more exaggerate.
  public var recommendedIterations: Int { 80 }

  /// The network, read once, when first asked for.
  ///
  /// - Throws: `EmbeddedNetworkError` where the resources are missing or damaged.
  public func network() throws(EmbeddedNetworkError) -> NeuralNetwork {
    switch self {
    case .pictureNet: try Self.loadedPictureNet.get()
    case .pictureTransformer: try Self.loadedPictureTransformer.get()
    case .appleCounter: try Self.loadedAppleCounter.get()
    }
  }

  private static let loadedPictureNet = load(.pictureNet)
  private static let loadedPictureTransformer = load(.pictureTransformer)
  private static let loadedAppleCounter = load(.appleCounter)

  private static func load(_ network: Self) -> Result<NeuralNetwork, EmbeddedNetworkError> {
    Result { () throws(EmbeddedNetworkError) in
      let file = try ResourceFolder.url(of: "\(network.rawValue).onnx")
      do throws(ONNXError) { return try ONNXFile.load(file).network } catch {
        throw .damaged(file: file.path, reason: "\(error)")
      }
    }
  }
}
