internal import ConvolutionalNetworks

/// The weights of one layer in a legacy HDF5 file, by their Keras names such as `kernel`.
struct LayerWeights {
  private let group: String
  private let names: [String]

  init(of layer: String, in file: HDF5File) throws(KerasError.Problem) {
    group = "/model_weights/\(layer)"
    names = file.contains(group) ? try file.list("weight_names", of: group) ?? [] : []
  }

  /// The weight whose name ends in `parameter`, with the shape that the configuration says.
  func tensor(_ parameter: String, _ shape: [Int?], _ file: HDF5File)
    throws(KerasError.Problem) -> Tensor
  {
    let matches = names.filter {
      $0.split(separator: "/").last?.split(separator: ":").first == parameter[...]
    }
    guard matches.count == 1 else { throw .missingWeight(parameter) }
    return try file.tensor("\(group)/\(matches[0])", name: matches[0], expected: shape)
  }

  /// The bias, unless the configuration says that there is none.
  func bias(_ config: JSONValue, count: Int, _ file: HDF5File)
    throws(KerasError.Problem) -> Tensor?
  {
    config["use_bias"]?.bool ?? true ? try tensor("bias", [count], file) : nil
  }
}
