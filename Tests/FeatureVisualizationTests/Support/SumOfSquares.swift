import FeatureVisualization

/// Σ x² of everything in a layer, which it reads without saying so.
struct SumOfSquares: Loss {
  let layer: LayerID
  var name: String { "SumOfSquares" }
  var subjects: [LossSubject] { [.layer(layer)] }
  func evaluate(_ tensors: [TappedTensor], scale: Float) -> [Float] {
    tensors[0].mapPictures { values, gradient in
      var sum: Float = 0
      for i in values.indices {
        sum += values[i] * values[i]
        gradient[i] += scale * 2 * values[i]
      }
      return sum
    }
  }
}
