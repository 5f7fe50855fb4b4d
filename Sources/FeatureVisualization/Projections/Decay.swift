/// Shrinks every pixel towards 0 after each step, `x ← (1 − rate) · x`: the L2 decay of Yosinski et al.
///
/// 0 is the mean colour where the parameterization's pixel space is centred.
/// Yosinski et al. 2015, https://arxiv.org/abs/1506.06579.
public struct Decay: Projection {
  /// The share taken away after each step, 0…1.
  public let rate: Float

  public init(_ rate: Float) { self.rate = rate }

  public var name: String { "Decay" }

  public func validate(_ size: PictureSize) throws(VisualizationError) {
    guard (0...1).contains(rate) else { throw .invalidArgument("decay", "\(rate) is not in 0...1") }
  }

  public func project(_ pixels: inout MutableSpan<Float>, after step: CompletedStep) {
    guard rate != 0 else { return }
    Elements.scale(&pixels, by: 1 - rate)
  }
}

extension Projection where Self == Decay {
  /// Shrinks every pixel towards 0 after each step.
  public static func decay(_ rate: Float) -> Decay { Decay(rate) }
}
