/// Where the weights of a model's layers lie in a file.
enum ModelWeights {
  /// In a whole model saved as HDF5: a group for each layer of the outermost model, which lists all weights
  /// in it, those of models nested in it too.
  case legacy(HDF5File, nesting: [String])
  /// In a `.keras` archive: groups nested as the models are, numbered variables in each.
  case archive(HDF5File, group: String, folders: [String: String])

  /// The weights of an archive's outermost model.
  init(archive file: HDF5File, layers: [LayerConfiguration]) throws(KerasError.Problem) {
    self = try .archive(file, group: "", layers: layers)
  }

  private static func archive(
    _ file: HDF5File, group: String, layers: [LayerConfiguration]
  ) throws(KerasError.Problem) -> ModelWeights {
    var folders: [String: String] = [:]
    var counts: [String: Int] = [:]
    for layer in layers {
      let base = layer.className.snakeCased
      let count = counts[base, default: 0]
      counts[base] = count + 1
      folders[layer.name] = "\(group)/layers/\(base)" + (count == 0 ? "" : "_\(count)")
    }
    // Keras has numbered the folders in the order of the layers, and says in each whose it is.
    for (layer, folder) in folders.sorted(by: { $0.key < $1.key })
    where file.contains("\(folder)/vars") {
      let name = try file.text("name", of: "\(folder)/vars") ?? layer
      guard name == layer else {
        throw .configuration(
          key: "layers", reason: "'\(folder)' holds weights of '\(name)', not of '\(layer)'")
      }
    }
    return .archive(file, group: group, folders: folders)
  }

  /// The weights of the layers of the model `name` in this one.
  func nested(_ name: String, layers: [LayerConfiguration]) throws(KerasError.Problem)
    -> ModelWeights
  {
    switch self {
    case .legacy(let file, let nesting): .legacy(file, nesting: nesting + [name])
    case .archive(let file, _, let folders):
      try .archive(file, group: folders[name] ?? "", layers: layers)
    }
  }

  /// The weights of a layer.
  func weights(of layer: LayerConfiguration) throws(KerasError.Problem) -> LayerWeights {
    switch self {
    case .legacy(let file, let nesting):
      let group = "/model_weights/\(nesting.first ?? layer.name)"
      let listed = file.contains(group) ? try file.list("weight_names", of: group) ?? [] : []
      let named = listed.map { WeightName($0) }
      return LayerWeights(in: file) { parameter in
        WeightName.matches(parameter, layer: layer.name, nesting: nesting, in: named)
          .map { "\(group)/\($0)" }
      }
    case .archive(let file, _, let folders):
      let group = "\(folders[layer.name] ?? "")/vars"
      let order = layer.weightOrder
      return LayerWeights(in: file) { parameter in
        order.indices.filter { order[$0] == parameter }.map { "\(group)/\($0)" }
          .filter { file.contains($0) }
      }
    }
  }
}

/// The name of a weight in a legacy file, such as `inner/conv2d/kernel:0`.
private struct WeightName {
  let path: String
  let parts: [Substring]

  init(_ path: String) {
    self.path = path
    parts = path.split(separator: ":", maxSplits: 1).first?.split(separator: "/") ?? []
  }

  /// The paths of the weights that can be the layer's.
  ///
  /// Only in a nested model do several layers share a list; what stands before a weight's name there is the
  /// layer's, and those of some or all of the models around it.
  static func matches(
    _ parameter: String, layer: String, nesting: [String], in names: [WeightName]
  ) -> [String] {
    let named = names.filter { $0.parts.last == parameter[...] }
    if nesting.isEmpty { return named.map(\.path) }
    // The most of the way from the outermost model that any of them states: an inner layer may have the name
    // of one further in.
    let way = (nesting + [layer, parameter]).map { $0[...] }
    let matches = named.filter {
      $0.parts.count > 1 && way.reversed().starts(with: $0.parts.reversed())
    }
    let longest = matches.map(\.parts.count).max()
    return matches.filter { $0.parts.count == longest }.map(\.path)
  }
}
