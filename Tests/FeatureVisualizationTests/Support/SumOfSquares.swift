import FeatureVisualization

/// Σ x² of everything in a layer, which it reads without saying so.
struct SumOfSquares: Loss {
  let layer: LayerID
  var name: String { "SumOfSquares" }
  var subjects: [LossSubject] { [.layer(layer)] }
  func values(_ tensors: TappedTensors) -> [Float] {
    tensors[0].mapPictures { values in
      values.indices.reduce(0) { $0 + values[$1] * values[$1] }
    }
  }

  func addGradients(
    of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
  ) {
    for (picture, scale) in scales.enumerated() {
      let values = tensors[0][picture: picture]
      var gradient = gradients[0, picture: picture]
      for i in gradient.indices { gradient[i] += scale * 2 * values[i] }
    }
  }
}
