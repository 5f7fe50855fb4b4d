internal import ConvolutionalNetworks
internal import NetworkFormats

/// Weights some of which a file calls by another name than the architecture.
struct RenamedWeights: WeightSource {
  private let source: any WeightSource
  private let sourceNames: [String: String]

  init(
    _ source: any WeightSource, _ requirements: [WeightRequirement],
    otherName: ((String) -> String)?
  ) {
    self.source = source
    var sourceNames: [String: String] = [:]
    if let otherName {
      for name in requirements.map(\.name) where source.shape(of: name) == nil {
        sourceNames[name] = otherName(name)
      }
    }
    self.sourceNames = sourceNames
  }

  /// What the file calls the weight.
  func sourceName(of name: String) -> String { sourceNames[name] ?? name }

  var file: String { source.file }

  var names: [String] { source.names }

  func shape(of name: String) -> [Int]? { source.shape(of: sourceName(of: name)) }

  func elementType(of name: String) -> ElementType? { source.elementType(of: sourceName(of: name)) }

  func tensor(named name: String) throws(WeightsFileError) -> Tensor {
    try source.tensor(named: sourceName(of: name))
  }
}
