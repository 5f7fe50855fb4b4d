/// Wakes units that are silent at the start: where a rectifier passes nothing of a picture's gradient, it passes what
/// pushes its inputs back into the range in which they are heard.
///
/// For the range a…b of a rectifier (ReLU 0…∞, ReLU6 0…6) and the gradient g of what is raised: `max(g, 0)` where
/// x ≤ a, `min(g, 0)` where x ≥ b, else g. It takes the place of the ordinary gradient of a picture at a layer only where
/// that is zero everywhere, and only during the first iterations. Leaky and smooth rectifiers pass something anyway.
/// Olah et al. 2017, https://github.com/tensorflow/lucid, `misc/redirected_relu_grad.py`.
public struct RedirectedReLU: WholePictureBackprop {
  /// The iterations of the first stage during which it is active.
  public let iterations: Int

  /// Active during so many iterations of the first stage; lucid's 16 unless given.
  public init(iterations: Int = 16) { self.iterations = iterations }

  public func rule(at site: BackpropSite) -> BackpropRule {
    Self.range(at: site) == nil ? .ordinary : .wholePicture(self)
  }

  public func isActive(at moment: Moment) -> Bool {
    moment.stage == 0 && moment.iteration < iterations
  }

  public func pullback(_ gradients: ActivationGradients, into result: inout MutableSpan<Float>) {
    guard let range = Self.range(at: gradients.site) else { return }
    for i in result.indices where result[i] != 0 { return }
    for i in result.indices {
      let (x, g) = (gradients.inputs[i], gradients.gradient[i])
      result[i] = x <= range.lowerBound ? max(g, 0) : x >= range.upperBound ? min(g, 0) : g
    }
  }

  /// Where a rectifier is not flat; `nil` for other functions.
  private static func range(at site: BackpropSite) -> ClosedRange<Float>? {
    switch site.kind {
    case .activation(.relu): 0...(.infinity)
    case .activation(.clip(let low, let high)) where low < high: low...high
    default: nil
    }
  }
}

extension BackpropModifier where Self == RedirectedReLU {
  /// Silent units are woken during the first 16 iterations.
  public static var redirectedReLU: RedirectedReLU { RedirectedReLU() }
}
