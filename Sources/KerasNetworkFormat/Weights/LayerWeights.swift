internal import ConvolutionalNetworks

/// The weights of one layer in a legacy HDF5 file, by their Keras names such as `kernel`.
struct LayerWeights {
  private let file: HDF5File
  private let group: String
  private let names: [String]

  init(of layer: String, in file: HDF5File) throws(KerasError.Problem) {
    self.file = file
    group = "/model_weights/\(layer)"
    names = file.contains(group) ? try file.list("weight_names", of: group) ?? [] : []
  }

  /// Whether the file has a weight of this name for the layer.
  func contains(_ parameter: String) -> Bool { !matches(parameter).isEmpty }

  /// The weight whose name ends in `parameter`, with the shape that the configuration says.
  func tensor(_ parameter: String, _ shape: [Int?]?) throws(KerasError.Problem) -> Tensor {
    let matches = matches(parameter)
    guard matches.count == 1 else { throw .missingWeight(parameter) }
    return try file.tensor("\(group)/\(matches[0])", name: matches[0], expected: shape)
  }

  /// The bias, unless the configuration says that there is none.
  func bias(_ config: JSONValue, count: Int) throws(KerasError.Problem) -> Tensor? {
    config["use_bias"]?.bool ?? true ? try tensor("bias", [count]) : nil
  }

  private func matches(_ parameter: String) -> [String] {
    names.filter { $0.split(separator: "/").last?.split(separator: ":").first == parameter[...] }
  }
}
