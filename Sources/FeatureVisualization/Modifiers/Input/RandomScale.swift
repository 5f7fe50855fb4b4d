/// Enlarges or shrinks the picture by a factor drawn from a list, bilinearly.
///
/// An axis of one pixel, as a signal has, stays as it is.
public struct RandomScale: InputModifier {
  /// The factors, equally likely.
  public let factors: [Double]

  public init(_ factors: [Double]) { self.factors = factors }

  public var name: String { "RandomScale" }
  public var isRandom: Bool { factors.count > 1 }

  public func validate(_ size: PictureSize) throws(VisualizationError) {
    guard !factors.isEmpty, factors.allSatisfy({ (0.01...100).contains($0) }) else {
      throw .invalidArgument("scale", "factors \(factors) are not in 0.01...100")
    }
  }

  public func draw(
    for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? {
    let factor = factors[generator.integer(in: 0...(factors.count - 1))]
    func scaled(_ side: Int) -> Int { side > 1 ? max(1, Int(Double(side) * factor)) : 1 }
    let (height, width) = (scaled(size.height), scaled(size.width))
    guard height != size.height || width != size.width else { return nil }
    return Resampling.resize(size, height: height, width: width)
  }
}

extension InputModifier where Self == RandomScale {
  /// Enlarges or shrinks by a factor drawn from a list.
  public static func randomScale(_ factors: [Double]) -> RandomScale { RandomScale(factors) }
}
