public import FeatureVisualization

/// How much a map changes where the picture changes a little: the mean distance of maps. Small is stable.
///
/// `mean_i |map(x) − map(x + ε_i)|₂` with ε uniform in ±radius, pictures held in 0…1. Divide maps by their own scale to compare
/// methods: `relative` divides distances by `|map(x)|₂`.
/// Bhatt et al. 2020, https://arxiv.org/abs/2005.00631.
public struct AverageStability: Sendable {
  /// The largest change of a pixel.
  public let radius: Float
  /// The number of changed pictures.
  public let samples: Int
  /// Whether distances are divided by the length of the map.
  public let relative: Bool

  /// - Parameters:
  ///   - radius: the largest change of a pixel, of 0…1.
  ///   - samples: the number of changed pictures, 1 or more.
  ///   - relative: whether distances are divided by the length of the map.
  public init(radius: Float = 0.1, samples: Int = 20, relative: Bool = true) {
    (self.radius, self.samples, self.relative) = (radius, samples, relative)
  }

  /// The mean distance; 0 where the map is zero everywhere and stays so, and infinite where a relative one does not. The
  /// question's seed fixes the changes.
  ///
  /// - Throws: `VisualizationError`, also what the method throws.
  /// - Complexity: `samples + 1` maps.
  public func distance(
    of method: some AttributionMethod, for question: AttributionQuestion
  ) throws(VisualizationError) -> Double {
    guard samples > 0 else { throw .invalidArgument("samples", "\(samples) is not positive") }
    guard radius > 0, radius.isFinite else {
      throw .invalidArgument("radius", "\(radius) is not positive")
    }
    let map = try question.answer(by: method).values
    var generator = SeededGenerator(seed: question.seed)
    var sum = 0.0
    for _ in 0..<samples {
      let changed = question.picture.map {
        min(max($0 + radius * Float(2 * generator.uniform() - 1), 0), 1)
      }
      let other = try question.asked(about: changed).answer(by: method).values
      sum += try map.combined(with: other, -).length
    }
    let mean = sum / Double(samples)
    guard relative, mean > 0 else { return mean }
    return mean / map.length
  }
}

extension Tensor {
  /// The root of the sum of squares.
  fileprivate var length: Double {
    var sum = 0.0
    let elements = span
    for index in elements.indices { sum += Double(elements[index]) * Double(elements[index]) }
    return sum.squareRoot()
  }
}
