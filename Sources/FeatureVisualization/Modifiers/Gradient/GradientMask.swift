/// Lets part of the picture change: the gradient is multiplied by a mask, priors' included.
///
/// Where the mask is 0, neither the objective nor a prior moves a pixel. A parameterization that spreads pixels over all
/// of its numbers, such as a spectrum, still changes the rest: wrap it in `MaskedPicture` instead.
public struct GradientMask: GradModifier {
  /// `[1, H, W, 1]` or `[1, H, W, C]`, 1 where the picture changes and 0 where it is held.
  public let mask: Tensor

  /// - Parameter mask: `[1, H, W, 1]` or `[1, H, W, C]` of the picture's size.
  public init(_ mask: Tensor) { self.mask = mask }

  public var name: String { "GradientMask" }
  public var part: GradientPart { .whole }

  public func validate(_ size: PictureSize) throws(VisualizationError) {
    let shape = mask.shape
    guard shape.count == 4, Array(shape.prefix(3)) == [1, size.height, size.width],
      shape[3] == 1 || shape[3] == size.channels
    else {
      throw .invalidArgument(
        "mask", "shape \(shape) is not [1, \(size.height), \(size.width), 1] of the picture")
    }
    guard mask.withUnsafeBufferPointer({ $0.allSatisfy(\.isFinite) }) else {
      throw .invalidArgument("mask", "a number is not finite")
    }
  }

  public func modify(_ gradient: inout MutableSpan<Float>, at context: GradientContext) {
    let share = mask.shape[3] == 1 ? context.size.channels : 1
    let factors = mask.span
    for index in gradient.indices { gradient[index] *= factors[index / share] }
  }
}

extension GradModifier where Self == GradientMask {
  /// Lets the picture change where the mask, `[1, H, W, 1]`, is not 0.
  public static func masked(by mask: Tensor) -> GradientMask { GradientMask(mask) }
}
