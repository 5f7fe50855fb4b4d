import FeatureVisualization

/// DeepDream: raises whatever a layer already sees, `− Σ activation² / count`.
struct Dream: Loss {
  let layer: LayerID

  var name: String { "Dream" }
  var subjects: [LossSubject] { [.layer(layer)] }

  func evaluate(_ tensors: [TappedTensor], scale: Float) -> [Float] {
    tensors[0].mapPictures { activations, gradient in
      let count = Float(activations.count)
      var sum: Float = 0
      for i in activations.indices {
        sum += activations[i] * activations[i]
        gradient[i] -= scale * 2 * activations[i] / count
      }
      return -sum / count
    }
  }
}
