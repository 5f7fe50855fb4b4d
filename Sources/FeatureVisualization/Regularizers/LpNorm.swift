internal import CFVKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

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

  public func selecting(_ pictures: [Int]) -> Self? { self }

  public func evaluate(_ tensors: [TappedTensor], scale: Float) -> [Float] {
    tensors[0].mapPictures { values, gradient in
      values.withUnsafeBufferPointer { values in
        gradient.withUnsafeMutableBufferPointer { gradient in
          Float(norm(values, scale / Float(values.count), gradient) / Double(values.count))
        }
      }
    }
  }

  /// The norm; adds `scale` times its gradient.
  private func norm(
    _ values: UnsafeBufferPointer<Float>, _ scale: Float,
    _ gradient: UnsafeMutableBufferPointer<Float>
  ) -> Double {
    let largest = Elements.largestMagnitude(values)
    guard let x = values.baseAddress, let gradient = gradient.baseAddress, largest > 0 else {
      return 0
    }
    guard p.isFinite else {
      if let place = values.firstIndex(where: { abs($0) == largest }) {
        gradient[place] += values[place] < 0 ? -scale : scale
      }
      return Double(largest)
    }
    // Divided by the largest, powers neither overflow nor vanish.
    let sum = Stretch.sum(of: values.count) {
      cfv_sum_of_powers(x + $0.lowerBound, $0.count, p, largest)
    }
    let norm = Double(largest) * pow(sum, 1 / Double(p))
    // ∂norm/∂x = sign(x) · (|x| / norm)^(p − 1).
    Stretch.forEach(of: values.count) {
      cfv_add_power_gradient(
        x + $0.lowerBound, $0.count, p, Float(norm), scale, gradient + $0.lowerBound)
    }
    return norm
  }
}
