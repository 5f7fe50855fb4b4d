import FeatureVisualization

extension AttributionMap {
  /// The numbers of the only picture's pixels, channels summed, H × W.
  ///
  /// - Throws: `VisualizationError.invalidArgument` for a map of several pictures, of another size, or that is not finite.
  func pixels(of question: AttributionQuestion) throws(VisualizationError) -> [Float] {
    let (shape, picture) = (values.shape, question.picture.shape)
    guard Array(shape.prefix(3)) == Array(picture.prefix(3)) else {
      throw .invalidArgument("map", "shape \(shape) is none of a picture of \(picture)")
    }
    let pixels = reduced(by: .sum).values.elements
    guard pixels.allSatisfy(\.isFinite) else {
      throw .invalidArgument("map", "a number in it is not finite")
    }
    return pixels
  }
}

extension [Float] {
  /// The places of the elements, the largest first; of equal ones the first.
  var descendingPlaces: [Int] {
    indices.sorted { self[$0] != self[$1] ? self[$0] > self[$1] : $0 < $1 }
  }
}
