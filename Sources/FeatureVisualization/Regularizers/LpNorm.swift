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

  public var subjects: [LossSubject] { [.picture(space)] }

  public func validate(_ shapes: [[Int]]) throws(VisualizationError) {
    guard p >= 1 else { throw .invalidArgument("p", "\(p) is not at least 1") }
  }

  public func selecting(_ pictures: [Int]) -> Self? { self }

  public func values(_ tensors: TappedTensors) -> [Float] {
    let tensor = tensors[0]
    return (0..<tensor.pictureCount).map { picture in
      let values = tensor[picture: picture]
      return Float(norm(values) / Double(values.count))
    }
  }

  public func addGradients(
    of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
  ) {
    for (picture, scale) in scales.enumerated() {
      let values = tensors[0][picture: picture]
      var gradient = gradients[0, picture: picture]
      addGradient(values, scale / Float(values.count), to: &gradient)
    }
  }

  private func norm(_ values: Span<Float>) -> Double {
    values.withUnsafeBufferPointer { values in
      let largest = Elements.largestMagnitude(values)
      guard let x = values.baseAddress, largest > 0 else { return 0 }
      guard p.isFinite else { return Double(largest) }
      // Divided by the largest, powers neither overflow nor vanish.
      let sum = Stretch.sum(of: values.count) {
        cfv_sum_of_powers(x + $0.lowerBound, $0.count, p, largest)
      }
      return Double(largest) * pow(sum, 1 / Double(p))
    }
  }

  /// Adds `scale` times the gradient of the norm, `sign(x) · (|x| / norm)^(p − 1)`.
  private func addGradient(
    _ values: Span<Float>, _ scale: Float, to gradient: inout MutableSpan<Float>
  ) {
    let norm = norm(values)
    guard norm > 0 else { return }
    values.withUnsafeBufferPointer { values in
      gradient.withUnsafeMutableBufferPointer { gradient in
        guard let x = values.baseAddress, let gradient = gradient.baseAddress else { return }
        guard p.isFinite else {
          if let place = values.firstIndex(where: { abs($0) == Float(norm) }) {
            gradient[place] += values[place] < 0 ? -scale : scale
          }
          return
        }
        Stretch.forEach(of: values.count) {
          cfv_add_power_gradient(
            x + $0.lowerBound, $0.count, p, Float(norm), scale, gradient + $0.lowerBound)
        }
      }
    }
  }
}
