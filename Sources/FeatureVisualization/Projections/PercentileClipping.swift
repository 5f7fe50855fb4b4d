/// Sets the least important pixels to 0 after each step: those below a percentile of some measure.
///
/// The four measures are those of Yosinski's toolbox.
///
/// Yosinski et al. 2015, https://arxiv.org/abs/1506.06579.
public struct PercentileClipping: Projection {
  /// What makes a pixel important.
  public enum Measure: Sendable, Equatable {
    /// The size of each number by itself, `|x|`: single channels are set to 0.
    case value
    /// Its size, `√(Σ_c x_c²)`.
    case norm
    /// Roughly how much the objective would change without it, `|Σ_c x_c · ∂objective/∂x_c|`.
    case contribution
    /// Roughly what setting it to 0 would add to the objective, `−Σ_c x_c · ∂objective/∂x_c`, with its sign.
    ///
    /// As in the toolbox, the pixels go that raise the objective most: it is what is left without them that grows.
    case benefit
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
    switch measure {
    case .value: "SmallValueClipping"
    case .norm: "SmallNormClipping"
    case .contribution: "SmallContributionClipping"
    case .benefit: "SmallBenefitClipping"
    }
  }

  public func validate(_ size: PictureSize) throws(VisualizationError) {
    guard (0...100).contains(percentile) else {
      throw .invalidArgument("percentile", "\(percentile) is not in 0...100")
    }
  }

  public func project(_ pixels: inout MutableSpan<Float>, after step: CompletedStep) {
    guard percentile > 0 else { return }
    // Where channels count by themselves, each is a pixel of its own.
    let channels = measure == .value ? 1 : step.size.channels
    let count = step.size.count / channels
    memory.withNumbers(2 * count) { importance in
      for pixel in 0..<count {
        var sum: Float = 0
        for index in pixel * channels..<(pixel + 1) * channels {
          switch measure {
          case .value, .norm: sum += pixels[index] * pixels[index]
          case .contribution, .benefit: sum += pixels[index] * step.gradient[index]
          }
        }
        // The order of squares is that of sizes and norms.
        importance[pixel] = measure == .benefit ? -sum : abs(sum)
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

  /// Sets the numbers of smallest size to 0 after each step.
  public static func clipSmallValue(percentile: Double) -> PercentileClipping {
    PercentileClipping(.value, percentile: percentile)
  }

  /// Sets the pixels to 0 after each step whose removal promises the objective least.
  public static func clipSmallBenefit(percentile: Double) -> PercentileClipping {
    PercentileClipping(.benefit, percentile: percentile)
  }
}
