/// A model in a file: its configuration, and the weights in HDF5.
struct SavedModel {
  /// The configuration, in JSON.
  let configuration: String
  /// The version of Keras that wrote it; `nil` before 2.
  let kerasVersion: String?

  let file: HDF5File
  private let isArchive: Bool

  /// A whole model in an HDF5 file.
  ///
  /// - Throws: `KerasError.Problem.weightsOnly` where there is no configuration.
  init(legacy file: HDF5File) throws(KerasError.Problem) {
    guard let text = try file.text("model_config", of: "/") else { throw .weightsOnly }
    configuration = text
    kerasVersion = try file.text("keras_version", of: "/")
    self.file = file
    isArchive = false
  }

  /// A model whose weights alone are in the HDF5 file.
  ///
  /// - Throws: `KerasError.Problem.weightsOnly` where there is no configuration.
  init(_ archive: KerasArchive, weights file: HDF5File) throws(KerasError.Problem) {
    configuration = try archive.configuration()
    kerasVersion = archive.kerasVersion
    self.file = file
    isArchive = true
  }

  /// A model of another configuration with the weights of `other`.
  init(configuration: String, like other: SavedModel) {
    self.configuration = configuration
    kerasVersion = other.kerasVersion
    file = other.file
    isArchive = other.isArchive
  }

  /// Where the weights of the outermost model's layers lie.
  func weights(of layers: [LayerConfiguration]) throws(KerasError.Problem) -> ModelWeights {
    isArchive
      ? try ModelWeights(archive: file, layers: layers) : .legacy(ListedWeights(file), nesting: [])
  }
}
