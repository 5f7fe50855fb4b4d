internal import ConvolutionalNetworks
internal import NetworkFormats

/// The weights of one layer, by their Keras names such as `kernel`.
struct LayerWeights {
  /// Where they lie.
  enum Place {
    /// In a list that several layers of a nested model may share; `parts` are the layers within the layer.
    case listed(ListedWeights, layer: String, nesting: [String], parts: [String])
    /// Numbered in a folder of an archive, in the order of the names.
    case folder(HDF5File, String, order: [String])
  }

  private let place: Place

  init(_ place: Place) { self.place = place }

  /// The weights of a layer within this one, such as one of those that make attention's queries.
  ///
  /// - Parameters:
  ///   - name: what Keras calls it; `nil` for a wrapper's, which has no name in lists.
  ///   - folder: its folder in an archive, the attribute that holds it.
  ///   - order: the names of its weights as they are numbered.
  func part(_ name: String?, folder: String, order: [String] = ["kernel", "bias"]) -> LayerWeights {
    switch place {
    case .listed(let weights, let layer, let nesting, let parts):
      LayerWeights(
        .listed(weights, layer: layer, nesting: nesting, parts: parts + (name.map { [$0] } ?? [])))
    case .folder(let file, let path, _):
      LayerWeights(.folder(file, "\(path)/\(folder)", order: order))
    }
  }

  /// The weights of the layers of a model that this layer, a wrapper, holds.
  func wrappedModel(layers: [LayerConfiguration]) throws(KerasError.Problem) -> ModelWeights {
    switch place {
    case .listed(let weights, let layer, let nesting, _):
      return .legacy(weights, nesting: nesting + [layer])
    case .folder(let file, let path, _):
      let weights = ArchivedWeights(file)
      return .archive(weights, folders: try weights.folders(of: layers, in: "\(path)/layer"))
    }
  }

  /// Whether the file has a weight of this name for the layer.
  func contains(_ parameter: String) throws(KerasError.Problem) -> Bool {
    try !paths(of: parameter).isEmpty
  }

  /// The weight named `parameter`, with the shape that the configuration says; `nil` is any extent.
  func tensor(_ parameter: String, _ shape: [Int?]?) throws(KerasError.Problem) -> Tensor {
    try file.tensor(try path(of: parameter), name: parameter, expected: shape)
  }

  /// The only weight of a layer, whatever its name.
  func onlyTensor(_ shape: [Int?]) throws(KerasError.Problem) -> Tensor {
    switch place {
    case .listed(let weights, let layer, let nesting, _):
      let paths = try weights.paths(ofLayer: layer, nesting: nesting)
      guard paths.count == 1 else { throw .weightCount(expected: ["its only one"], actual: paths) }
      return try file.tensor(paths[0], name: layer, expected: shape)
    case .folder(_, _, let order): return try tensor(order.first ?? "kernel", shape)
    }
  }

  /// The shape of the weight named `parameter`.
  func shape(of parameter: String) throws(KerasError.Problem) -> [Int] {
    try file.shape(try path(of: parameter), name: parameter)
  }

  /// The matrix named `parameter` with its axes exchanged; `shape` is that in the file.
  func transposedMatrix(_ parameter: String, _ shape: [Int?]) throws(KerasError.Problem) -> Tensor {
    try file.transposedMatrix(try path(of: parameter), name: parameter, expected: shape)
  }

  /// The bias, unless the configuration says that there is none.
  func bias(_ config: JSONValue, count: Int) throws(KerasError.Problem) -> Tensor? {
    config["use_bias"]?.bool ?? true ? try tensor("bias", [count]) : nil
  }

  private var file: HDF5File {
    switch place {
    case .listed(let weights, _, _, _): weights.file
    case .folder(let file, _, _): file
    }
  }

  private func path(of parameter: String) throws(KerasError.Problem) -> String {
    let paths = try paths(of: parameter)
    guard paths.count == 1 else { throw .missingWeight(parameter) }
    return paths[0]
  }

  /// The paths of the weights that can be meant.
  private func paths(of parameter: String) throws(KerasError.Problem) -> [String] {
    switch place {
    case .listed(let weights, let layer, let nesting, let parts):
      return try weights.paths(of: parameter, parts: parts, layer: layer, nesting: nesting)
    case .folder(let file, let path, let order):
      guard let index = order.firstIndex(of: parameter) else { return [] }
      let path = "\(path)/vars/\(index)"
      return try file.contains(path) ? [path] : []
    }
  }
}
