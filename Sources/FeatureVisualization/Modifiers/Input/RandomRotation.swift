#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Turns the picture round its centre by an angle that is drawn, bilinearly.
///
/// A picture of one row or one column, as a signal is, stays as it is.
public struct RandomRotation: InputModifier {
  /// How the angle is drawn, in degrees.
  public let degrees: Distribution
  /// What the corners show.
  public let edge: Resampling.Edge

  /// One of these angles, equally likely; repeat one to make it likelier.
  ///
  /// - Parameter brightness: the grey of the corners, 0…1.
  public init(degrees: [Double], brightness: Float = 0.5) {
    self.init(degrees: .oneOf(degrees), edge: .fill(brightness))
  }

  /// - Parameters:
  ///   - degrees: how the angle is drawn.
  ///   - edge: what the corners show.
  public init(degrees: Distribution, edge: Resampling.Edge = .fill(0.5)) {
    self.degrees = degrees
    self.edge = edge
  }

  public var name: String { "RandomRotation" }
  public var isRandom: Bool { degrees.isRandom }

  private static let range = -36_000.0...36_000.0

  public func validate(_ size: PictureSize) throws(VisualizationError) {
    try degrees.validate("rotation", in: Self.range)
  }

  public func draw(
    for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? {
    let angle = degrees.draw(in: Self.range, at: moment, using: &generator) * .pi / 180
    guard angle != 0, size.height > 1, size.width > 1 else { return nil }
    let (c, s) = (cos(angle), sin(angle))
    let (y, x) = (Double(size.height - 1) / 2, Double(size.width - 1) / 2)
    let matrix = [c, -s, y - c * y + s * x, s, c, x - s * y - c * x].map { Float($0) }
    return Resampling(size, to: size, matrix: matrix, edge: edge)
  }
}

extension InputModifier where Self == RandomRotation {
  /// Turns by an angle drawn from a list, in degrees.
  public static func randomRotation(degrees: [Double]) -> RandomRotation {
    RandomRotation(degrees: degrees)
  }

  /// Turns by an angle that is drawn, in degrees.
  public static func randomRotation(
    degrees: Distribution, edge: Resampling.Edge = .fill(0.5)
  ) -> RandomRotation { RandomRotation(degrees: degrees, edge: edge) }
}
