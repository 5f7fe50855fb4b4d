/// Mirrors the picture with a probability of ½, so that which way a thing faces does not matter.
///
/// An axis of one pixel, as a signal has, stays as it is.
/// Yin et al. 2020, https://arxiv.org/abs/1912.08795.
public struct Flip: InputModifier {
  /// What is turned round.
  public enum Axis: Sendable, Hashable {
    /// Left and right.
    case horizontal
    /// Top and bottom.
    case vertical
  }

  /// What is turned round.
  public let axis: Axis
  /// How likely the picture is mirrored, 0…1.
  public let probability: Double

  /// - Parameters:
  ///   - axis: what is turned round.
  ///   - probability: how likely the picture is mirrored, 0…1.
  public init(_ axis: Axis = .horizontal, probability: Double = 0.5) {
    self.axis = axis
    self.probability = probability
  }

  public var name: String { "Flip" }
  public var isRandom: Bool { probability > 0 && probability < 1 }

  public func validate(_ size: PictureSize) throws(VisualizationError) {
    guard (0...1).contains(probability) else {
      throw .invalidArgument("flip", "a probability of \(probability) is not in 0...1")
    }
  }

  public func draw(
    for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? {
    guard generator.uniform() < probability else { return nil }
    let (rows, columns) = (Array(0..<size.height), Array(0..<size.width))
    return Rearrangement(
      size, rows: axis == .vertical ? rows.reversed() : rows,
      columns: axis == .horizontal ? columns.reversed() : columns)
  }
}

extension InputModifier where Self == Flip {
  /// Mirrors left and right with a probability of ½.
  public static var flip: Flip { Flip() }

  /// Mirrors along an axis with some probability.
  public static func flip(_ axis: Flip.Axis, probability: Double = 0.5) -> Flip {
    Flip(axis, probability: probability)
  }
}
