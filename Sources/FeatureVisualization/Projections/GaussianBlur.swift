#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Blurs the picture after every n-th step, so that high frequencies cannot build up.
///
/// A normalised Gaussian cut off at 4σ, the picture mirrored at its edges (d c b a | a b c d).
/// Yosinski et al. 2015, https://arxiv.org/abs/1506.06579.
public struct GaussianBlur: Projection {
  /// The deviation in pixels.
  public let sigma: Double
  /// The first step is followed by a blur, and each n-th after it.
  public let interval: Int

  public init(sigma: Double, every interval: Int = 1) {
    self.sigma = sigma
    self.interval = interval
  }

  public var name: String { "GaussianBlur" }

  public func validate(_ size: PictureSize) throws(VisualizationError) {
    guard (0...1000).contains(sigma) else {
      throw .invalidArgument("blur", "σ = \(sigma) is not in 0...1000")
    }
    guard interval > 0 else { throw .invalidArgument("blur", "every \(interval) steps") }
  }

  public func project(_ pixels: inout MutableSpan<Float>, after step: CompletedStep) {
    guard step.moment.iteration % interval == 0 else { return }
    blur(&pixels, step.size)
  }

  /// Blurs a picture in place.
  func blur(_ pixels: inout MutableSpan<Float>, _ size: PictureSize) {
    guard sigma > 0 else { return }
    let kernel = Self.kernel(sigma)
    let (row, channels) = (size.width * size.channels, size.channels)
    var line: [Float] = []
    // An axis of one pixel has nothing to blur.
    for y in 0..<(size.width > 1 ? size.height : 0) {
      for c in 0..<channels {
        Self.blur(&pixels, from: y * row + c, step: channels, count: size.width, kernel, &line)
      }
    }
    for offset in 0..<(size.height > 1 ? row : 0) {
      Self.blur(&pixels, from: offset, step: row, count: size.height, kernel, &line)
    }
  }

  private static func kernel(_ sigma: Double) -> [Float] {
    let radius = Int(4 * sigma + 0.5)
    let weights = (-radius...radius).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
    let sum = weights.reduce(0, +)
    return weights.map { Float($0 / sum) }
  }

  private static func blur(
    _ pixels: inout MutableSpan<Float>, from start: Int, step: Int, count: Int, _ kernel: [Float],
    _ line: inout [Float]
  ) {
    let radius = kernel.count / 2
    line.removeAll(keepingCapacity: true)
    for position in -radius..<(count + radius) {
      // Mirrored as often as it takes to land inside.
      let period = 2 * count
      let wrapped = (position % period + period) % period
      line.append(pixels[start + min(wrapped, period - 1 - wrapped) * step])
    }
    for position in 0..<count {
      var sum: Float = 0
      for k in kernel.indices { sum += kernel[k] * line[position + k] }
      pixels[start + position * step] = sum
    }
  }
}

extension Projection where Self == GaussianBlur {
  /// Blurs after the first step and every n-th after it.
  public static func gaussianBlur(sigma: Double, every interval: Int = 1) -> GaussianBlur {
    GaussianBlur(sigma: sigma, every: interval)
  }
}
