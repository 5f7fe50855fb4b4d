public import ConvolutionalNetworks
public import Foundation
internal import NetworkFormats

/// Published networks from their files of weights.
///
///     let network = try NeuralNetwork.alexNet(weights: URL(filePath: "alexnet-owt-7be5be79.pth"))
///
/// Each takes safetensors and PyTorch files whose tensors are called as their publisher calls them, checks the
/// SHA-256 that the name may state, and throws `ArchitectureError` with everything that is wrong. The weights of
/// Keras are in HDF5 files, which `KerasFile.weights` of KerasNetworkFormat reads for
/// `Architecture.network(weights:)`.
extension NeuralNetwork {
  /// The architecture of this name (see `Architecture.all`) with the weights of a file.
  ///
  /// - Throws: `ArchitectureError`.
  public init(architecture name: String, weights url: URL) throws(ArchitectureError) {
    self = try Architecture(named: name).network(weights: StateDictionary(published: url))
  }

  /// AlexNet (https://arxiv.org/abs/1404.5997) with torchvision's weights.
  public static func alexNet(weights: URL) throws(ArchitectureError) -> NeuralNetwork {
    try NeuralNetwork(architecture: "alexnet", weights: weights)
  }

  /// VGG (https://arxiv.org/abs/1409.1556) of 11, 13, 16 or 19 layers with torchvision's weights.
  public static func vgg(_ layers: Int, batchNormalized: Bool = false, weights: URL)
    throws(ArchitectureError) -> NeuralNetwork
  {
    try NeuralNetwork(
      architecture: "vgg\(layers)" + (batchNormalized ? "-bn" : ""), weights: weights)
  }

  /// SqueezeNet 1.1 (https://arxiv.org/abs/1602.07360) with torchvision's weights.
  public static func squeezeNet(weights: URL) throws(ArchitectureError) -> NeuralNetwork {
    try NeuralNetwork(architecture: "squeezenet1.1", weights: weights)
  }

  /// GoogLeNet (https://arxiv.org/abs/1409.4842) with torchvision's weights.
  public static func googLeNet(weights: URL) throws(ArchitectureError) -> NeuralNetwork {
    try NeuralNetwork(architecture: "googlenet", weights: weights)
  }

  /// Inception v3 (https://arxiv.org/abs/1512.00567) with torchvision's weights.
  public static func inceptionV3(weights: URL) throws(ArchitectureError) -> NeuralNetwork {
    try NeuralNetwork(architecture: "inception-v3", weights: weights)
  }

  /// ResNet (https://arxiv.org/abs/1512.03385) of 18, 34, 50, 101 or 152 layers with torchvision's weights.
  public static func resNet(_ layers: Int, weights: URL) throws(ArchitectureError) -> NeuralNetwork
  {
    try NeuralNetwork(architecture: "resnet\(layers)", weights: weights)
  }

  /// MobileNetV2 (https://arxiv.org/abs/1801.04381) with torchvision's weights.
  public static func mobileNetV2(weights: URL) throws(ArchitectureError) -> NeuralNetwork {
    try NeuralNetwork(architecture: "mobilenet-v2", weights: weights)
  }

  /// DenseNet-121 (https://arxiv.org/abs/1608.06993) with torchvision's weights.
  public static func denseNet121(weights: URL) throws(ArchitectureError) -> NeuralNetwork {
    try NeuralNetwork(architecture: "densenet121", weights: weights)
  }

  /// EfficientNet-B0 (https://arxiv.org/abs/1905.11946) with torchvision's weights.
  public static func efficientNetB0(weights: URL) throws(ArchitectureError) -> NeuralNetwork {
    try NeuralNetwork(architecture: "efficientnet-b0", weights: weights)
  }

  /// ConvNeXt-Tiny (https://arxiv.org/abs/2201.03545) with torchvision's weights.
  public static func convNeXtTiny(weights: URL) throws(ArchitectureError) -> NeuralNetwork {
    try NeuralNetwork(architecture: "convnext-tiny", weights: weights)
  }
}
