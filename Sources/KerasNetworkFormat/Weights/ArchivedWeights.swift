/// The folders of a `.keras` archive, which Keras numbers in the order of the layers of each class.
///
/// A layer that stands in several models has its weights where Keras met it first.
final class ArchivedWeights {
  let file: HDF5File
  /// The layers of the whole model.
  var outermost: (layers: [LayerConfiguration], folder: String)?
  /// The folders of all layers that have weights, by class and name, made where one is missed.
  private var known: [String: [String]]?

  init(_ file: HDF5File) { self.file = file }

  /// The folders of a model's layers, by their names.
  func folders(of layers: [LayerConfiguration], in folder: String) throws(KerasError.Problem)
    -> [String: String]
  {
    var folders: [String: String] = [:]
    var counts: [String: Int] = [:]
    // Keras 2.12 had another name for it.
    let list =
      try file.contains("\(folder)/_layer_checkpoint_dependencies")
      ? "_layer_checkpoint_dependencies" : "layers"
    for layer in layers where layer.kerasVersion < 3 || !layer.isFunction {
      let base = layer.folderName
      let count = counts[base, default: 0]
      counts[base] = count + 1
      folders[layer.name] = "\(folder)/\(list)/\(base)" + (count == 0 ? "" : "_\(count)")
    }
    // Keras says in each folder whose it is.
    for (layer, folder) in folders.sorted(by: { $0.key < $1.key }) {
      guard try file.contains("\(folder)/vars") else { continue }
      let name = try file.text("name", of: "\(folder)/vars") ?? layer
      guard name == layer else {
        throw .configuration(
          key: "layers", reason: "'\(folder)' holds weights of '\(name)', not of '\(layer)'")
      }
    }
    return folders
  }

  /// The folder of a layer's weights: its own, or that where Keras met it first.
  func folder(_ own: String, of layer: LayerConfiguration) throws(KerasError.Problem) -> String {
    if try file.contains(own) { return own }
    return try elsewhere(layer.className, layer.name) ?? own
  }

  /// The folder of a nested model: its own, or that where Keras met it first.
  func folder(_ own: String, ofModel name: String) throws(KerasError.Problem) -> String {
    for list in ["layers", "_layer_checkpoint_dependencies"] {
      if try file.contains("\(own)/\(list)") { return own }
    }
    for className in ModelConfiguration.classes.sorted() {
      if let folder = try elsewhere(className, name) { return folder }
    }
    return own
  }

  /// The only folder of a layer of this class and name anywhere in the model.
  private func elsewhere(_ className: String, _ name: String) throws(KerasError.Problem) -> String?
  {
    if known == nil, let outermost {
      var all: [String: [String]] = [:]
      try collect(outermost.layers, in: outermost.folder, &all)
      known = all
    }
    let folders = known?["\(className)/\(name)"] ?? []
    return folders.count == 1 ? folders[0] : nil
  }

  private func collect(
    _ layers: [LayerConfiguration], in folder: String, _ all: inout [String: [String]]
  ) throws(KerasError.Problem) {
    let folders = try folders(of: layers, in: folder)
    for layer in layers {
      guard let path = folders[layer.name], try file.contains(path) else { continue }
      all["\(layer.className)/\(layer.name)", default: []].append(path)
      if let model = layer.model {
        let configuration = try ModelConfiguration(model, kerasVersion: layer.kerasVersion)
        try collect(configuration.layers, in: path, &all)
      }
    }
  }
}
