internal import FeatureVisualization

extension UnitRecord {
  /// What a visualization tells of one of its pictures, whatever else is in its batch.
  init(_ unit: GalleryUnit, seed: UInt64, _ visualization: Visualization, picture index: Int) {
    let score = visualization.scores[index]
    guard score.isFinite else {
      self.init(neverFinite: unit, seed: seed)
      return
    }
    self.init(unit: unit, seed: seed, score: score)
    warnings = visualization.warnings.compactMap { $0.text(of: index) }
    // Others of the batch may have gone on.
    let last = visualization.convergedAt[index] ?? Int.max
    let points = visualization.history.filter {
      $0.iteration <= last && $0.objectives[index].isFinite
    }
    .map { Point(iteration: $0.iteration, objective: $0.objectives[index]) }
    curve = Self.thinned(points)
  }

  /// A unit that nothing can be drawn of.
  init(neverFinite unit: GalleryUnit, seed: UInt64) {
    self.init(
      unit: unit, seed: seed,
      failure: "its numbers are not finite for the picture that the recipe starts from")
  }

  /// The most points of a curve.
  private static let mostPoints = 64

  /// Points at equal distances, first and last among them.
  private static func thinned(_ points: [Point]) -> [Point] {
    guard points.count > mostPoints else { return points }
    return (0..<mostPoints).map { points[$0 * (points.count - 1) / (mostPoints - 1)] }
  }
}
