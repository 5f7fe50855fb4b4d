internal import CFVKernels

/// The size of the pixels: `(Σ |x|^p)^{1/p} / (H·W·C)`, and `max |x| / (H·W·C)` for p = ∞.
///
/// A flat zero picture has gradient 0.
public struct LpNorm: Regularizer {
  /// The exponent, at least 1; large ones punish bright and dark extremes.
  public let p: Float
  /// The scale of the pixels; keras-vis' weights are meant for 0…255.
  public let space: PixelSpace

  public init(p: Float = 6, space: PixelSpace = .byte) {
    self.p = p
    self.space = space
  }

  public var name: String { "LpNorm" }

  public func validate(_ shapes: [[Int]]) throws(VisualizationError) {
    guard p >= 1 else { throw .invalidArgument("p", "\(p) is not at least 1") }
  }

  public func evaluate(_ tensors: [TappedTensor], scale: Float) -> [Float] {
    tensors[0].mapPictures { values, gradient in
      values.withUnsafeBufferPointer { values in
        gradient.withUnsafeMutableBufferPointer { gradient in
          Float(
            cfv_lp_norm(
              values.baseAddress, values.count, p, scale / Float(values.count),
              gradient.baseAddress) / Double(values.count))
        }
      }
    }
  }
}
