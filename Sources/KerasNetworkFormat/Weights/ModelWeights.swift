/// Where the weights of a model's layers lie in a file.
enum ModelWeights {
  /// In a whole model saved as HDF5: a group for each layer of the outermost model, which lists all weights
  /// in it, those of models nested in it too.
  case legacy(ListedWeights, nesting: [String])
  /// In a `.keras` archive: groups nested as the models are, numbered variables in each.
  case archive(HDF5File, folders: [String: String])

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
    for (layer, folder) in folders.sorted(by: { $0.key < $1.key }) {
      guard try file.contains("\(folder)/vars") else { continue }
      let name = try file.text("name", of: "\(folder)/vars") ?? layer
      guard name == layer else {
        throw .configuration(
          key: "layers", reason: "'\(folder)' holds weights of '\(name)', not of '\(layer)'")
      }
    }
    return .archive(file, folders: folders)
  }

  /// The weights of the layers of the model `name` in this one.
  func nested(_ name: String, layers: [LayerConfiguration]) throws(KerasError.Problem)
    -> ModelWeights
  {
    switch self {
    case .legacy(let listed, let nesting): .legacy(listed, nesting: nesting + [name])
    case .archive(let file, let folders):
      try .archive(file, group: folders[name] ?? "", layers: layers)
    }
  }

  /// The weights of a layer.
  func weights(of layer: LayerConfiguration) throws(KerasError.Problem) -> LayerWeights {
    switch self {
    case .legacy(let listed, let nesting):
      return LayerWeights(in: listed.file) { parameter throws(KerasError.Problem) in
        try listed.paths(of: parameter, layer: layer.name, nesting: nesting)
      }
    case .archive(let file, let folders):
      let group = "\(folders[layer.name] ?? "")/vars"
      let order = layer.weightOrder
      return LayerWeights(in: file) { parameter throws(KerasError.Problem) in
        var paths: [String] = []
        for index in order.indices where order[index] == parameter {
          let path = "\(group)/\(index)"
          if try file.contains(path) { paths.append(path) }
        }
        return paths
      }
    }
  }
}
