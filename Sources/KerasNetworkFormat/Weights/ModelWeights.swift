internal import NetworkFormats

/// Where the weights of a model's layers lie in a file.
enum ModelWeights {
  /// In a whole model saved as HDF5: a group for each layer of the outermost model, which lists all weights
  /// in it, those of models nested in it too.
  case legacy(ListedWeights, nesting: [String])
  /// In a `.keras` archive: groups nested as the models are, numbered variables in each.
  case archive(ArchivedWeights, folders: [String: String])

  /// The weights of an archive's outermost model.
  init(archive file: HDF5File, layers: [LayerConfiguration]) throws(KerasError.Problem) {
    let weights = ArchivedWeights(file)
    self = .archive(weights, folders: try weights.folders(of: layers, in: ""))
    weights.outermost = (layers, "")
  }

  /// The weights of the layers of the model `name` in this one.
  func nested(_ name: String, layers: [LayerConfiguration]) throws(KerasError.Problem)
    -> ModelWeights
  {
    switch self {
    case .legacy(let listed, let nesting): return .legacy(listed, nesting: nesting + [name])
    case .archive(let weights, let folders):
      let folder = try weights.folder(folders[name] ?? "", ofModel: name)
      return .archive(weights, folders: try weights.folders(of: layers, in: folder))
    }
  }

  /// The weights of a layer.
  func weights(of layer: LayerConfiguration) throws(KerasError.Problem) -> LayerWeights {
    switch self {
    case .legacy(let listed, let nesting):
      return LayerWeights(.listed(listed, layer: layer.name, nesting: nesting, parts: []))
    case .archive(let weights, let folders):
      let folder = try weights.folder(folders[layer.name] ?? "", of: layer)
      return LayerWeights(.folder(weights.file, folder, order: layer.weightOrder))
    }
  }
}
