/// Enlarges or shrinks the picture by a factor that is drawn, bilinearly.
///
/// An axis of one pixel, as a signal has, stays as it is.
public struct RandomScale: InputModifier {
  /// How the factor is drawn, 0.01…100.
  public let factor: Distribution
  /// Whether height and width have a factor each.
  public let isPerAxis: Bool

  /// One of these factors, equally likely.
  public init(_ factors: [Double]) { self.init(.oneOf(factors)) }

  /// - Parameters:
  ///   - factor: how the factor is drawn, 0.01…100.
  ///   - isPerAxis: whether height and width have a factor each.
  public init(_ factor: Distribution, isPerAxis: Bool = false) {
    self.factor = factor
    self.isPerAxis = isPerAxis
  }

  public var name: String { "RandomScale" }
  public var isRandom: Bool { factor.isRandom }

  private static let range = 0.01...100.0

  public func validate(_ size: PictureSize) throws(VisualizationError) {
    try factor.validate("scale", in: Self.range)
  }

  public func draw(
    for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? {
    let vertical = factor.draw(in: Self.range, at: moment, using: &generator)
    let horizontal =
      isPerAxis ? factor.draw(in: Self.range, at: moment, using: &generator) : vertical
    func scaled(_ side: Int, _ factor: Double) -> Int {
      side > 1 ? max(1, Int(Double(side) * factor)) : 1
    }
    let (height, width) = (scaled(size.height, vertical), scaled(size.width, horizontal))
    guard height != size.height || width != size.width else { return nil }
    return Resampling.resize(size, height: height, width: width)
  }
}

extension InputModifier where Self == RandomScale {
  /// Enlarges or shrinks by a factor drawn from a list.
  public static func randomScale(_ factors: [Double]) -> RandomScale { RandomScale(factors) }

  /// Enlarges or shrinks by a factor that is drawn, of both axes or of each.
  public static func randomScale(
    _ factor: Distribution, isPerAxis: Bool = false
  ) -> RandomScale { RandomScale(factor, isPerAxis: isPerAxis) }
}
