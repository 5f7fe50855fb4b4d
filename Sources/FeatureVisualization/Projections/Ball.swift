/// Holds the picture in a ball round the one that the run started from, in the scale of the pixels.
///
/// `x ← s + (x − s) · min(1, r / ‖x − s‖₂)`, or each number within r of its start for the maximum norm.
public struct Ball: Projection {
  /// How the distance from the start is measured.
  public enum Norm: Sendable, Hashable {
    /// `√Σ d²` over the picture.
    case euclidean
    /// `max |d|`.
    case maximum
  }

  /// The greatest distance, in the scale of the parameterization's pixel space.
  public let radius: Float
  /// How the distance is measured.
  public let norm: Norm

  public init(radius: Float, norm: Norm = .euclidean) {
    self.radius = radius
    self.norm = norm
  }

  public var name: String { "Ball" }

  public func validate(_ size: PictureSize) throws(VisualizationError) {
    guard radius > 0, radius.isFinite else {
      throw .invalidArgument("ball", "a radius of \(radius) is not positive")
    }
  }

  public func project(_ pixels: inout MutableSpan<Float>, after step: CompletedStep) {
    switch norm {
    case .maximum:
      for index in pixels.indices {
        let start = step.start[index]
        pixels[index] = min(max(pixels[index], start - radius), start + radius)
      }
    case .euclidean:
      var squares = 0.0
      for index in pixels.indices {
        let distance = Double(pixels[index]) - Double(step.start[index])
        squares += distance * distance
      }
      guard squares > Double(radius) * Double(radius) else { return }
      let factor = radius / Float(squares.squareRoot())
      for index in pixels.indices {
        pixels[index] = step.start[index] + factor * (pixels[index] - step.start[index])
      }
    }
  }
}

extension Projection where Self == Ball {
  /// Holds the picture within a distance of the one that the run started from.
  public static func ball(radius: Float, norm: Ball.Norm = .euclidean) -> Ball {
    Ball(radius: radius, norm: norm)
  }
}
