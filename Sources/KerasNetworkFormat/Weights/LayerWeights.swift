internal import ConvolutionalNetworks

/// The weights of one layer, by their Keras names such as `kernel`.
struct LayerWeights {
  private let file: HDF5File
  /// The paths of the weights in the file, by their names.
  private let candidates: (String) throws(KerasError.Problem) -> [String]

  /// Weights that lie where `candidates` says for each name.
  init(
    in file: HDF5File, _ candidates: @escaping (String) throws(KerasError.Problem) -> [String]
  ) {
    self.file = file
    self.candidates = candidates
  }

  /// Whether the file has a weight of this name for the layer.
  func contains(_ parameter: String) throws(KerasError.Problem) -> Bool {
    try !candidates(parameter).isEmpty
  }

  /// The weight named `parameter`, with the shape that the configuration says; `nil` is any extent.
  func tensor(_ parameter: String, _ shape: [Int?]?) throws(KerasError.Problem) -> Tensor {
    try file.tensor(try path(of: parameter), name: parameter, expected: shape)
  }

  /// The matrix named `parameter` with its axes exchanged; `shape` is that in the file.
  func transposedMatrix(_ parameter: String, _ shape: [Int?]) throws(KerasError.Problem) -> Tensor {
    try file.transposedMatrix(try path(of: parameter), name: parameter, expected: shape)
  }

  /// The bias, unless the configuration says that there is none.
  func bias(_ config: JSONValue, count: Int) throws(KerasError.Problem) -> Tensor? {
    config["use_bias"]?.bool ?? true ? try tensor("bias", [count]) : nil
  }

  private func path(of parameter: String) throws(KerasError.Problem) -> String {
    let paths = try candidates(parameter)
    guard paths.count == 1 else { throw .missingWeight(parameter) }
    return paths[0]
  }
}
