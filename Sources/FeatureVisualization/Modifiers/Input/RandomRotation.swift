#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Turns the picture round its centre by an angle drawn from a list, bilinearly.
///
/// A picture of one row or one column, as a signal is, stays as it is.
public struct RandomRotation: InputModifier {
  /// The angles in degrees, equally likely; repeat one to make it likelier.
  public let degrees: [Double]
  /// The grey of the corners, 0…1.
  public let brightness: Float

  public init(degrees: [Double], brightness: Float = 0.5) {
    self.degrees = degrees
    self.brightness = brightness
  }

  public var name: String { "RandomRotation" }
  public var isRandom: Bool { degrees.count > 1 }

  public func validate(_ size: PictureSize) throws(VisualizationError) {
    guard !degrees.isEmpty, degrees.allSatisfy(\.isFinite) else {
      throw .invalidArgument("rotation", "angles \(degrees) are not finite")
    }
  }

  public func draw(
    for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? {
    let angle = degrees[generator.integer(in: 0...(degrees.count - 1))] * .pi / 180
    guard angle != 0, size.height > 1, size.width > 1 else { return nil }
    let (c, s) = (cos(angle), sin(angle))
    let (y, x) = (Double(size.height - 1) / 2, Double(size.width - 1) / 2)
    let matrix = [c, -s, y - c * y + s * x, s, c, x - s * y - c * x].map { Float($0) }
    return Resampling(size, to: size, matrix: matrix, edge: .fill(brightness))
  }
}

extension InputModifier where Self == RandomRotation {
  /// Turns by an angle drawn from a list, in degrees.
  public static func randomRotation(degrees: [Double]) -> RandomRotation {
    RandomRotation(degrees: degrees)
  }
}
