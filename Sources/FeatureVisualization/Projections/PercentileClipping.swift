/// Sets the least important pixels to 0 after each step: those below a percentile of some measure.
///
/// Yosinski et al. 2015, https://arxiv.org/abs/1506.06579.
public struct PercentileClipping: Projection {
  /// What makes a pixel important.
  public enum Measure: Sendable, Equatable {
    /// Its size, `√(Σ_c x_c²)`.
    case norm
    /// Roughly how much the objective would change without it, `|Σ_c x_c · ∂objective/∂x_c|`.
    case contribution
  }

  /// What makes a pixel important.
  public let measure: Measure
  /// The share of pixels set to 0, in percent.
  public let percentile: Double
  private let memory = ReusedMemory()

  public init(_ measure: Measure, percentile: Double) {
    self.measure = measure
    self.percentile = percentile
  }

  public var name: String {
    measure == .norm ? "SmallNormClipping" : "SmallContributionClipping"
  }

  public func validate(_ size: PictureSize) throws(VisualizationError) {
    guard (0...100).contains(percentile) else {
      throw .invalidArgument("percentile", "\(percentile) is not in 0...100")
    }
  }

  public func project(_ pixels: inout MutableSpan<Float>, after step: CompletedStep) {
    guard percentile > 0 else { return }
    let (channels, count) = (step.size.channels, step.size.height * step.size.width)
    memory.withNumbers(2 * count) { importance in
      for pixel in 0..<count {
        var sum: Float = 0
        for index in pixel * channels..<(pixel + 1) * channels {
          switch measure {
          case .norm: sum += pixels[index] * pixels[index]
          case .contribution: sum += pixels[index] * step.gradient[index]
          }
        }
        // The order of squares is that of norms.
        importance[pixel] = abs(sum)
      }
      let sorted = UnsafeMutableBufferPointer(start: importance + count, count: count)
      _ = sorted.update(fromContentsOf: UnsafeBufferPointer(start: importance, count: count))
      let threshold = Self.percentile(percentile, of: sorted)
      for pixel in 0..<count where importance[pixel] < threshold {
        for index in pixel * channels..<(pixel + 1) * channels { pixels[index] = 0 }
      }
    }
  }

  /// The percentile with linear interpolation between the two nearest values (NumPy's default); sorts the values.
  private static func percentile(
    _ percent: Double, of values: UnsafeMutableBufferPointer<Float>
  ) -> Float {
    var values = values
    values.sort()
    guard let last = values.indices.last else { return 0 }
    let place = percent / 100 * Double(last)
    let below = min(Int(place), last)
    let above = min(below + 1, last)
    return values[below] + Float(place - Double(below)) * (values[above] - values[below])
  }
}

extension Projection where Self == PercentileClipping {
  /// Sets the pixels of smallest norm to 0 after each step.
  public static func clipSmallNorm(percentile: Double) -> PercentileClipping {
    PercentileClipping(.norm, percentile: percentile)
  }

  /// Sets the pixels of smallest contribution to 0 after each step.
  public static func clipSmallContribution(percentile: Double) -> PercentileClipping {
    PercentileClipping(.contribution, percentile: percentile)
  }
}
