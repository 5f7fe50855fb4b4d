import FeatureVisualization

/// DeepDream: raises whatever a layer already sees, `− Σ activation² / count`. The package's `DeepDream` by hand.
struct Dream: Loss {
  let layer: LayerID

  var name: String { "Dream" }
  var subjects: [LossSubject] { [.layer(layer)] }

  func values(_ tensors: TappedTensors) -> [Float] {
    (0..<tensors[0].pictureCount).map { picture in
      let activations = tensors[0][picture: picture]
      var sum: Float = 0
      for i in activations.indices { sum += activations[i] * activations[i] }
      return -sum / Float(activations.count)
    }
  }

  func addGradients(
    of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
  ) {
    for picture in scales.indices {
      let activations = tensors[0][picture: picture]
      var gradient = gradients[0, picture: picture]
      let scale = scales[picture] * 2 / Float(activations.count)
      for i in gradient.indices { gradient[i] -= scale * activations[i] }
    }
  }
}
