/// Blurs the gradient by a Gaussian, priors' included, so that pictures grow large shapes before fine ones.
///
/// `g ← g ∗ N(0, σ²)`, cut off at 4σ, the gradient mirrored behind its edges. Early versions of torch-dreams smooth the
/// gradients of DeepDream so, by three Gaussians at once.
/// https://github.com/Mayukhdeb/torch-dreams, `utils.py`.
public struct SmoothedGradient: GradModifier {
  /// σ in pixels, 0…1000; 0 leaves the gradient as it is.
  public let sigma: Schedule
  private let memory = ReusedMemory()

  /// - Parameter sigma: σ in pixels, 0…1000.
  public init(sigma: Schedule) { self.sigma = sigma }

  public var name: String { "SmoothedGradient" }
  public var part: GradientPart { .whole }

  private static let range: ClosedRange<Float> = 0...1000

  public func validate(_ size: PictureSize) throws(VisualizationError) {
    guard sigma.constant.map({ Self.range.contains($0) }) ?? true else {
      throw .invalidArgument(
        "smoothing", "σ = \(sigma.constant ?? 0) is not in \(Self.range)")
    }
  }

  public func modify(_ gradient: inout MutableSpan<Float>, at context: GradientContext) {
    // A schedule may give a number out of range.
    let sigma = min(max(sigma.value(at: context.moment), 0), Self.range.upperBound)
    guard sigma > 0 else { return }
    let blend = PictureBlend.gaussian(
      context.size, sigma: Double(sigma), radius: Int(4 * sigma + 0.5))
    let count = gradient.count
    memory.withNumbers(count) { sharp in
      gradient.withUnsafeMutableBufferPointer { gradient in
        guard let base = gradient.baseAddress else { return }
        sharp.update(from: base, count: count)
        blend.apply(sharp, to: base)
      }
    }
  }
}

extension GradModifier where Self == SmoothedGradient {
  /// Blurs the gradient by a Gaussian of σ pixels.
  public static func smoothed(_ sigma: Schedule) -> SmoothedGradient {
    SmoothedGradient(sigma: sigma)
  }
}
