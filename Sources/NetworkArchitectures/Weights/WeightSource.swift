public import ConvolutionalNetworks
public import NetworkFormats

/// Where an architecture takes its weights from: named tensors in their publisher's axis order.
public protocol WeightSource: Sendable {
  /// The path of the file that the weights are in, or a name for what is in no file.
  var file: String { get }

  /// The names of all tensors.
  var names: [String] { get }

  /// The shape of a tensor in the publisher's axis order; `nil` where there is none of this name.
  func shape(of name: String) -> [Int]?

  /// The type of a tensor's numbers; `nil` where there is none of this name.
  func elementType(of name: String) -> ElementType?

  /// A tensor in the publisher's axis order.
  ///
  /// - Throws: `WeightsFileError` naming the tensor.
  func tensor(named name: String) throws(WeightsFileError) -> Tensor
}

extension WeightSource {
  public var file: String { "weights" }
}

extension StateDictionary: WeightSource {}
