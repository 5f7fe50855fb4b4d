import FeatureVisualization

/// How strong the noise on a picture is.
public enum NoiseLevel: Sendable, Hashable {
  /// A deviation in units of the picture's range, its largest pixel less its smallest.
  case relative(Float)
  /// A deviation in units of pixels, 0…1.
  case absolute(Float)
}

extension NoiseLevel {
  /// The noise's standard deviation for a picture.
  ///
  /// - Throws: `VisualizationError.invalidArgument` for a deviation that is negative or not finite.
  package func deviation(of picture: Tensor) throws(VisualizationError) -> Float {
    let (number, unit): (Float, Float) =
      switch self {
      case .relative(let share): (share, (picture.maximum() ?? 0) - (picture.minimum() ?? 0))
      case .absolute(let deviation): (deviation, 1)
      }
    guard number.isFinite, number >= 0 else {
      throw .invalidArgument("noise", "a deviation of \(number) is not 0 or more")
    }
    return number * unit
  }
}
