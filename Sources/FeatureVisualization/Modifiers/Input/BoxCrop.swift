/// Cuts a box out of the picture, of a side and at a place that are drawn, and shows it as large as the network's input:
/// each view is a close-up, and a picture can have many more details than the network sees at once.
///
/// The box has the picture's shape and lies inside it whole, where Xplique's and Horama's boxes reach beyond the edge and
/// show black; what is sampled is not rounded to pixels.
/// Fel et al. 2023, https://arxiv.org/abs/2306.06805.
public struct BoxCrop: InputModifier {
  /// Where a box lies.
  public enum Placement: Sendable {
    /// About the middle: centres are drawn normally, with a deviation in shares of the side, and held so that the box
    /// lies inside.
    case normal(deviation: Schedule)
    /// Evenly anywhere inside.
    case uniform
  }

  /// How the side of the box is drawn, as a share of the picture's.
  public let side: Distribution
  /// The range that sides are held in, in 0…1.
  public let sides: ClosedRange<Double>
  /// Where a box lies.
  public let placement: Placement

  /// - Parameters:
  ///   - side: how the side of the box is drawn, as a share of the picture's.
  ///   - sides: the range that sides are held in, in 0…1.
  ///   - placement: where a box lies.
  public init(
    side: Distribution, heldIn sides: ClosedRange<Double> = 0.05...1,
    placement: Placement = .normal(deviation: 0.15)
  ) {
    self.side = side
    self.sides = sides
    self.placement = placement
  }

  public var name: String { "BoxCrop" }
  public var isRandom: Bool { true }

  public func validate(_ size: PictureSize) throws(VisualizationError) {
    guard sides.lowerBound > 0, sides.upperBound <= 1 else {
      throw .invalidArgument("box", "sides of \(sides) are not in 0...1, or of no extent")
    }
    try side.validate("box", in: 0...1)
    if case .normal(let deviation) = placement, let constant = deviation.constant,
      !(constant >= 0 && constant.isFinite)
    {
      throw .invalidArgument("box", "a deviation of \(constant) is negative or not finite")
    }
  }

  public func draw(
    for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? {
    draw(for: size, seenAs: size, at: moment, using: &generator)
  }

  public func draw(
    for size: PictureSize, seenAs target: PictureSize, at moment: Moment,
    using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? {
    let share = side.draw(in: sides, at: moment, using: &generator)
    func center() -> Double {
      let inside = share / 2...1 - share / 2
      switch placement {
      case .uniform:
        return inside.lowerBound + (inside.upperBound - inside.lowerBound) * generator.uniform()
      case .normal(let deviation):
        return Distribution.normal(mean: 0.5, deviation: deviation).draw(
          in: inside, at: moment, using: &generator)
      }
    }
    /// The step and the start of an axis' samples.
    func samples(_ extent: Int, _ count: Int) -> (step: Float, start: Float) {
      // An axis of one pixel is whole in every box.
      let (length, middle) = (extent > 1 ? share * Double(extent) : 1, center() * Double(extent))
      let first = extent > 1 ? middle - length / 2 : 0
      let step = length / Double(count)
      return (Float(step), Float(first + step / 2 - 0.5))
    }
    let rows = samples(size.height, target.height)
    let columns = samples(size.width, target.width)
    return Resampling(
      size,
      to: PictureSize(height: target.height, width: target.width, channels: size.channels),
      matrix: [rows.step, 0, rows.start, 0, columns.step, columns.start], edge: .clamp)
  }
}

extension InputModifier where Self == BoxCrop {
  /// Shows a box as large as the network's input.
  public static func boxCrop(
    side: Distribution, heldIn sides: ClosedRange<Double> = 0.05...1,
    placement: BoxCrop.Placement = .normal(deviation: 0.15)
  ) -> BoxCrop { BoxCrop(side: side, heldIn: sides, placement: placement) }
}
