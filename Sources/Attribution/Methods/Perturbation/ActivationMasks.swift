import FeatureVisualization

/// The channels of a layer at a picture as masks of the picture.
struct ActivationMasks {
  /// `[1, rows, columns, channels]`.
  let activations: Tensor
  private let height: Int
  private let width: Int

  /// The channels of the layer that class activation maps are made of.
  init(_ question: AttributionQuestion) throws(VisualizationError) {
    let found = try question.positionedLayer()
    let evaluation = try question.evaluateModified(
      at: question.picture, gradientsAt: [found.layer], by: nil)
    activations = found.grid.maps(evaluation.layers[0].activations)
    (height, width) = (question.picture.shape[1], question.picture.shape[2])
  }

  var channelCount: Int { activations.shape[3] }

  /// A channel enlarged to the picture bilinearly and stretched to 0…1, H × W; zeros of a channel that is constant.
  func mask(_ channel: Int) throws(VisualizationError) -> [Float] {
    let (rows, columns) = (activations.shape[1], activations.shape[2])
    let elements = activations.span
    var map = Tensor(shape: [1, rows, columns, 1])
    var cells = map.mutableSpan
    for position in cells.indices { cells[position] = elements[position * channelCount + channel] }
    let enlarged = try map.resizedMaps(height: height, width: width).elements
    let (low, high) = (enlarged.min() ?? 0, enlarged.max() ?? 0)
    return enlarged.map { high > low ? ($0 - low) / (high - low) : 0 }
  }

  /// The standard deviation of each channel over positions.
  var deviations: [Double] {
    let positions = activations.shape[1] * activations.shape[2]
    let elements = activations.span
    return (0..<channelCount).map { channel in
      var (sum, squares) = (0.0, 0.0)
      for position in 0..<positions {
        let value = Double(elements[position * channelCount + channel])
        sum += value
        squares += value * value
      }
      let mean = sum / Double(positions)
      return max(squares / Double(positions) - mean * mean, 0).squareRoot()
    }
  }

  /// `max(0, Σ_c w_c a_c)` of some channels, resized to the picture.
  func map(_ weights: [(channel: Int, weight: Double)]) throws(VisualizationError) -> AttributionMap
  {
    let elements = activations.span
    var map = Tensor(shape: Array(activations.shape.dropLast()) + [1])
    var cells = map.mutableSpan
    for position in cells.indices {
      var sum = 0.0
      for (channel, weight) in weights {
        sum += weight * Double(elements[position * channelCount + channel])
      }
      cells[position] = Float(max(sum, 0))
    }
    return try AttributionMap(map, isSigned: false).resized(height: height, width: width)
  }
}
