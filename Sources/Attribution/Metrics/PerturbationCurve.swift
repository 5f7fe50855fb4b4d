public import FeatureVisualization

/// The objective while pixels of a picture are covered, or uncovered, in the order of a map.
public struct PerturbationCurve: Sendable, Equatable {
  /// The shares of pixels that are changed, 0…1 ascending.
  public let shares: [Double]
  /// The objective at each.
  public let values: [Float]

  /// The area under the curve over shares of 0…1, by trapezoids.
  public var area: Double {
    var sum = 0.0
    for index in shares.indices.dropFirst() {
      sum += (shares[index] - shares[index - 1]) * Double(values[index] + values[index - 1]) / 2
    }
    return sum
  }
}

/// How fast the objective falls where the pixels that a map ranks first are covered.
///
/// A small area under the curve speaks for the map. Ask about a probability: areas of other objectives depend on their scale.
/// Petsiuk et al. 2018, https://arxiv.org/abs/1806.07421.
public struct Deletion: Sendable {
  /// The parts in which pixels are covered.
  public let steps: Int
  /// What they are covered with.
  public let baseline: Baseline

  /// - Parameters:
  ///   - steps: the parts in which pixels are covered, 1 or more; as many as there are pixels at most count.
  ///   - baseline: what they are covered with; black unless given.
  public init(steps: Int = 20, baseline: Baseline = .black) {
    (self.steps, self.baseline) = (steps, baseline)
  }

  /// The objective from the whole picture to the baseline.
  ///
  /// - Parameter map: of the question's picture; channels are summed, and equal pixels go in row-major order.
  /// - Throws: `VisualizationError` for a map of another size, and steps that are not positive.
  public func curve(of map: AttributionMap, for question: AttributionQuestion)
    throws(VisualizationError) -> PerturbationCurve
  {
    try question.curve(of: map, steps: steps, baseline: baseline, uncovers: false)
  }
}

/// How fast the objective rises where the pixels that a map ranks first are uncovered.
///
/// A large area under the curve speaks for the map. Ask about a probability: areas of other objectives depend on their scale.
/// Petsiuk et al. 2018, https://arxiv.org/abs/1806.07421.
public struct Insertion: Sendable {
  /// The parts in which pixels are uncovered.
  public let steps: Int
  /// What they are covered with before.
  public let baseline: Baseline

  /// - Parameters:
  ///   - steps: the parts in which pixels are uncovered, 1 or more; as many as there are pixels at most count.
  ///   - baseline: what they are covered with before; black unless given.
  public init(steps: Int = 20, baseline: Baseline = .black) {
    (self.steps, self.baseline) = (steps, baseline)
  }

  /// The objective from the baseline to the whole picture.
  ///
  /// - Parameter map: of the question's picture; channels are summed, and equal pixels go in row-major order.
  /// - Throws: `VisualizationError` for a map of another size, and steps that are not positive.
  public func curve(of map: AttributionMap, for question: AttributionQuestion)
    throws(VisualizationError) -> PerturbationCurve
  {
    try question.curve(of: map, steps: steps, baseline: baseline, uncovers: true)
  }
}

extension AttributionQuestion {
  fileprivate func curve(
    of map: AttributionMap, steps: Int, baseline: Baseline, uncovers: Bool
  ) throws(VisualizationError) -> PerturbationCurve {
    guard steps > 0 else { throw .invalidArgument("steps", "\(steps) is not positive") }
    let places = try map.pixels(of: self).descendingPlaces
    let steps = min(steps, places.count)
    let cover = try baseline.picture(for: self)
    let counts = (0...steps).map {
      Int((Double($0) / Double(steps) * Double(places.count)).rounded())
    }
    let values = try values(count: counts.count) { index in
      var mask = [Float](repeating: uncovers ? 0 : 1, count: places.count)
      for place in places.prefix(counts[index]) { mask[place] = uncovers ? 1 : 0 }
      return self.masked(by: mask, over: cover)
    }
    return PerturbationCurve(
      shares: counts.map { Double($0) / Double(places.count) }, values: values)
  }
}
