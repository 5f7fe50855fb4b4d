import FeatureVisualization

/// Lowers the mean square of a layer: `Σ activation² / count`.
struct WholeResponse: Loss {
  let layer: LayerID

  var name: String { "WholeResponse" }
  var subjects: [LossSubject] { [.layer(layer)] }

  func values(_ tensors: TappedTensors) -> [Float] {
    tensors[0].mapPictures { activations in
      var sum: Float = 0
      for i in activations.indices { sum += activations[i] * activations[i] }
      return sum / Float(activations.count)
    }
  }

  func addGradients(
    of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
  ) {
    for picture in scales.indices {
      let activations = tensors[0][picture: picture]
      var gradient = gradients[0, picture: picture]
      let scale = scales[picture] * 2 / Float(activations.count)
      for i in gradient.indices { gradient[i] += scale * activations[i] }
    }
  }

  func selecting(_ pictures: [Int]) -> Self? { self }
}
