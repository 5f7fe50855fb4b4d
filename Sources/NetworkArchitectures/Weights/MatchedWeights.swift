internal import ConvolutionalNetworks
internal import NetworkFormats

/// An architecture's weights in a file that puts something before their names, or calls some of them otherwise.
struct MatchedWeights: WeightSource {
  /// What stands before the names, without the names of wrappers.
  let prefix: String
  private let weights: WeightNames
  private let otherName: (@Sendable (String) -> String)?

  init(_ weights: WeightNames, prefix: String, otherName: (@Sendable (String) -> String)?) {
    self.weights = weights
    self.prefix = prefix
    self.otherName = otherName
  }

  /// What the file calls a weight of the architecture; `nil` where it has none.
  func sourceName(of name: String) -> String? {
    weights.sourceName(of: prefix + name)
      ?? otherName.flatMap { weights.sourceName(of: prefix + $0(name)) }
  }

  var file: String { weights.source.file }

  /// The names behind the prefix.
  var names: [String] {
    weights.names.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
  }

  func shape(of name: String) -> [Int]? {
    sourceName(of: name).flatMap { weights.source.shape(of: $0) }
  }

  func elementType(of name: String) -> ElementType? {
    sourceName(of: name).flatMap { weights.source.elementType(of: $0) }
  }

  func tensor(named name: String) throws(WeightsFileError) -> Tensor {
    guard let sourceName = sourceName(of: name) else {
      throw WeightsFileError(file: file, tensor: name, problem: .missing)
    }
    return try weights.source.tensor(named: sourceName)
  }
}
