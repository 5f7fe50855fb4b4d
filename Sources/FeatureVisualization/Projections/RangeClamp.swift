/// Holds each number in a range, in the scale of the pixels: `x ← min(max(x, low), high)`.
public struct RangeClamp: Projection {
  /// The range, in the scale of the parameterization's pixel space.
  public let range: ClosedRange<Float>

  public init(_ range: ClosedRange<Float>) { self.range = range }

  public var name: String { "RangeClamp" }

  public func project(_ pixels: inout MutableSpan<Float>, after step: CompletedStep) {
    for index in pixels.indices {
      pixels[index] = min(max(pixels[index], range.lowerBound), range.upperBound)
    }
  }
}

extension Projection where Self == RangeClamp {
  /// Holds each number in a range, in the scale of the pixels.
  public static func clamp(_ range: ClosedRange<Float>) -> RangeClamp { RangeClamp(range) }
}
