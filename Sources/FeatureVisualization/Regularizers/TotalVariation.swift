internal import CFVKernels

/// How much neighbouring pixels differ: `Σ ((Δy)² + (Δx)² + ε)^{β/2} / (H·W·C)`.
///
/// The sum runs over all pixels that have a neighbour below and to the right; along a picture of one row or column, such as
/// a signal, it knows one direction. ε keeps the gradient finite on
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

  public var subjects: [LossSubject] { [.picture(space)] }

  public func validate(_ shapes: [[Int]]) throws(VisualizationError) {
    guard beta >= 1, beta.isFinite else {
      throw .invalidArgument("beta", "\(beta) is not at least 1")
    }
  }

  public func selecting(_ pictures: [Int]) -> Self? { self }

  public func values(_ tensors: TappedTensors) -> [Float] {
    let tensor = tensors[0]
    return (0..<tensor.pictureCount).map { picture in
      let values = tensor[picture: picture]
      return Float(sum(values, tensor.shape, 0, nil) / Double(values.count))
    }
  }

  public func addGradients(
    of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
  ) {
    for (picture, scale) in scales.enumerated() {
      let values = tensors[0][picture: picture]
      var gradient = gradients[0, picture: picture]
      gradient.withUnsafeMutableBufferPointer {
        _ = sum(values, tensors[0].shape, scale / Float(values.count), $0.baseAddress)
      }
    }
  }

  /// The sum over all pixels; adds `scale` times its gradient where one is given.
  private func sum(
    _ values: Span<Float>, _ shape: [Int], _ scale: Float, _ gradient: UnsafeMutablePointer<Float>?
  ) -> Double {
    // One column lies in memory as one row does.
    let (height, width, channels) =
      shape[2] == 1 ? (1, shape[1], shape[3]) : (shape[1], shape[2], shape[3])
    let epsilon: Float = beta < 2 ? 1e-6 : 0
    return values.withUnsafeBufferPointer { values in
      Stretch.sum(of: height, by: 16) { rows in
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * width * channels) {
          cfv_total_variation(
            values.baseAddress, height, width, channels, beta, epsilon, scale, rows.lowerBound,
            rows.upperBound, gradient, $0.baseAddress)
        }
      }
    }
  }
}
