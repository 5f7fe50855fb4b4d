internal import ConvolutionalNetworks
internal import NetworkFormats

/// An architecture's weights in a file that puts something before their names, or calls some of them otherwise.
struct MatchedWeights: WeightSource {
  /// What stands before the names, without the names of wrappers.
  let prefix: String
  private let weights: WeightNames
  private let otherName: (@Sendable (String) -> String)?
  /// What the file calls the last layer's weights, where that is wrapped.
  private var lastLayer: [String: String] = [:]

  init(_ weights: WeightNames, prefix: String, otherName: (@Sendable (String) -> String)?) {
    self.weights = weights
    self.prefix = prefix
    self.otherName = otherName
  }

  /// Looks for the last layer's weights in a sequence of layers of which it is the only one with weights, as those write
  /// who put a dropout before it: `fc.1.weight` for `fc.weight`.
  mutating func findLastLayer(_ names: [String]) {
    for name in names where sourceName(of: name) == nil {
      guard let point = name.lastIndex(of: ".") else { continue }
      let (layer, parameter) = (prefix + name[...point], name[point...])
      let inside = weights.names.filter { $0.hasPrefix(layer) && $0.hasSuffix(parameter) }
      guard inside.count == 1 else { continue }
      let place = inside[0].dropFirst(layer.count).dropLast(parameter.count)
      if !place.isEmpty, place.allSatisfy(\.isNumber) { lastLayer[name] = inside[0] }
    }
  }

  /// What the file calls a weight of the architecture; `nil` where it has none.
  func sourceName(of name: String) -> String? {
    weights.sourceName(of: lastLayer[name] ?? prefix + name)
      ?? otherName.flatMap { weights.sourceName(of: prefix + $0(name)) }
  }

  /// Whether the file calls a weight otherwise than its publishers do, not counting what stands before all names.
  func isRenamed(_ name: String) -> Bool {
    guard let source = sourceName(of: name), !source.hasSuffix(name) else { return false }
    return lastLayer[name] != nil || WrapperNames.removed(from: source) == prefix + name
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
