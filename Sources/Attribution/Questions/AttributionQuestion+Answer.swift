public import FeatureVisualization

extension AttributionQuestion {
  /// The map that a method finds, `[1, H, W, C]` of the picture's height and width.
  ///
  /// - Throws: `VisualizationError`, also where the method breaks a rule of `AttributionMethod`.
  public func answer(by method: any AttributionMethod) throws(VisualizationError) -> AttributionMap
  {
    let map = try method.attribution(of: self)
    let (shape, expected) = (map.values.shape, picture.shape)
    guard Array(shape.prefix(3)) == Array(expected.prefix(3)),
      shape[3] == 1 || shape[3] == expected[3]
    else {
      throw .brokenRule(
        type: "\(type(of: method))",
        rule: "attribution(of:) gives a map of \(Array(expected.prefix(3))) and 1 or "
          + "\(expected[3]) channels, not \(shape)")
    }
    return map
  }
}
