public import FeatureVisualization

/// What recurs in parts of pictures of a class, as directions over a layer's units, none below 0: CRAFT's concepts.
///
///     let patches = photos.patches(side: 64).resized(height: 224, width: 224)
///     let concepts = try Concepts(of: try reader.activations(of: patches), layer: "mixed4d")
///     let importances = try concepts.importances(
///       for: "zebra", in: network, at: try reader.activations(of: photos))
///
/// Each part of a picture is a sample: of a feature map the mean over its positions. Of activations below 0 the positive part
/// counts.
/// Fel et al. 2023, https://arxiv.org/abs/2211.10154; the numbers are those of Xplique, https://github.com/deel-ai/xplique.
public struct Concepts: Sendable {
  /// The layer as the network calls it.
  public let layer: String
  /// How much of each concept is in each part, and the concepts, `[count, C]`.
  public let factors: NonnegativeFactorization

  /// Finds concepts.
  ///
  /// - Parameters:
  ///   - activations: of the parts, `[n, H, W, C]` or `[n, C]`.
  ///   - layer: what it is called.
  ///   - count: the concepts; at most as many as there are parts, or units.
  ///   - penalty: see `NonnegativeFactorization`.
  /// - Throws: `VisualizationError.invalidArgument` for activations that are 0 or below everywhere, and for fewer parts
  ///   than concepts.
  public init(
    of activations: Tensor, layer: String, count: Int = 20, penalty: Double = 0.01
  ) throws(VisualizationError) {
    try activations.validateSamples("activations")
    let positive = activations.map { max(0, $0) }
    factors = try NonnegativeFactorization(
      of: positive.meansOverPositions, count: count, penalty: penalty)
    self.layer = layer
  }

  /// The concepts over units, to be drawn.
  public var directions: [[Float]] {
    factors.directions.mapPictures { span in span.indices.map { span[$0] } }
  }

  /// Where each concept is in pictures, and how much of it: `[N, H, W, count]`.
  ///
  /// - Parameter activations: `[N, H, W, C]`; the positive part counts.
  /// - Throws: `VisualizationError.invalidArgument` for another number of units.
  public func maps(of activations: Tensor) throws(VisualizationError) -> Tensor {
    let weights = try factors.weights(of: activations.map { max(0, $0) })
    return weights.reshaped(to: activations.shape.dropLast() + [weights.shape[1]])
  }

  /// How much of the variation of a class' score each concept accounts for when all of them vary, 0…1: total Sobol
  /// indices, the mean over pictures.
  ///
  /// Every concept of a picture is multiplied by a number of 0…1, the same at all positions; what the network makes of the
  /// sum of concepts from this layer on is the score. See `TotalIndices` for the design.
  ///
  /// - Parameters:
  ///   - unit: the class, by index or label; its score before a softmax or sigmoid counts.
  ///   - activations: of whole pictures, `[N, H, W, C]`, or `[N, C]` of a layer without positions.
  ///   - designs: how many points of each kind there are.
  ///   - batch: how many points go through the network at once; results are the same for any.
  ///   - seed: fixes the design.
  /// - Throws: `VisualizationError.incompatible` for a layer that the network's rest does not only depend on.
  /// - Complexity: N · designs · (count + 2) passes through the layers behind this one.
  public func importances(
    for unit: UnitID, in network: NeuralNetwork, at activations: Tensor, designs: Int = 32,
    batch: Int = 16, seed: UInt64 = 0
  ) throws(VisualizationError) -> [Double] {
    let maps = try maps(of: activations)
    let count = factors.directions.shape[0]
    let shape = [1] + activations.shape.dropFirst()
    let tail = try NetworkTail(network, from: .name(layer), shape: shape, batch: batch)
    let directions = Matrix(rowsOf: factors.directions)
    let indices = try TotalIndices(variables: count, designs: designs, seed: seed)
    var sums = [Double](repeating: 0, count: count)
    for picture in 0..<activations.pictureCount {
      let weights = Matrix(rowsOf: maps.picture(picture))
      let scores = try tail.scores(of: unit, count: indices.points.count) { point in
        var masked = weights
        for row in 0..<masked.rows {
          for concept in 0..<count { masked[row, concept] *= indices.points[point][concept] }
        }
        return (masked * directions).tensor.reshaped(to: shape)
      }
      for (concept, index) in indices.indices(of: scores).enumerated() { sums[concept] += index }
    }
    return sums.map { $0 / Double(activations.pictureCount) }
  }
}

extension Tensor {
  /// The mean over the positions of each picture, `[N, C]`.
  var meansOverPositions: Tensor {
    let (count, units) = (pictureCount, shape.last ?? 1)
    let positions = countPerPicture / Swift.max(1, units)
    let numbers = elements
    return Tensor(
      shape: [count, units],
      elements: (0..<count).flatMap { picture in
        (0..<units).map { unit in
          var sum = 0.0
          for position in 0..<positions {
            sum += Double(numbers[(picture * positions + position) * units + unit])
          }
          return Float(sum / Double(positions))
        }
      })
  }
}
