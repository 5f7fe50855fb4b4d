internal import CFVKernels

/// How much neighbouring pixels differ: `Σ ((Δy)² + (Δx)² + ε)^{β/2} / (H·W·C)`.
///
/// The sum runs over all pixels that have a neighbour below and to the right. ε keeps the gradient finite on
/// flat pictures for β < 2; it is 0 for β = 2, where none is needed.
/// Mahendran and Vedaldi 2015, https://arxiv.org/abs/1412.0035.
public struct TotalVariation: Regularizer {
  /// The exponent β: 2 prefers smooth gradations, 1 sharp edges.
  public let beta: Float
  /// The scale of the pixels; keras-vis' weights are meant for 0…255.
  public let space: PixelSpace

  public init(beta: Float = 2, space: PixelSpace = .byte) {
    self.beta = beta
    self.space = space
  }

  public var name: String { "TotalVariation" }

  public func validate(_ shapes: [[Int]]) throws(VisualizationError) {
    guard beta >= 1, beta.isFinite else {
      throw .invalidArgument("beta", "\(beta) is not at least 1")
    }
  }

  public func selecting(_ pictures: [Int]) -> Self? { self }

  public func evaluate(_ tensors: [TappedTensor], scale: Float) -> [Float] {
    let (height, width, channels) = (tensors[0].shape[1], tensors[0].shape[2], tensors[0].shape[3])
    let epsilon: Float = beta < 2 ? 1e-6 : 0
    return tensors[0].mapPictures { values, gradient in
      values.withUnsafeBufferPointer { values in
        gradient.withUnsafeMutableBufferPointer { gradient in
          let (count, scale) = (values.count, scale / Float(values.count))
          let sum = Stretch.sum(of: height, by: 16) { rows in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * width * channels) {
              cfv_total_variation(
                values.baseAddress, height, width, channels, beta, epsilon, scale,
                rows.lowerBound, rows.upperBound, gradient.baseAddress, $0.baseAddress)
            }
          }
          return Float(sum / Double(count))
        }
      }
    }
  }
}
