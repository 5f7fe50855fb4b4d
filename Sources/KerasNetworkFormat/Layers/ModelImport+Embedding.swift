internal import ConvolutionalNetworks
internal import NetworkFormats

extension ModelImport {
  /// Adds a layer that takes rows of a table by number; `false` for any other class.
  ///
  /// https://keras.io/api/layers/core_layers/embedding/
  mutating func addEmbedding(
    _ layer: LayerConfiguration, _ name: String, _ weights: LayerWeights, reading reads: [String]
  ) throws(KerasError.Problem) -> Bool {
    guard layer.className == "Embedding" else { return false }
    // Layers behind it skip the steps that hold 0.
    if layer.config["mask_zero"]?.bool ?? false { marksSteps = true }
    let table = try weights.tensor("embeddings", [nil, try layer.count("output_dim")])
    try append(
      Formula(
        IndexedGather(.positions(axis: 0)), Formula(table).labelled("embeddings"),
        Formula(reads[0])), named: name)
    return true
  }
}
