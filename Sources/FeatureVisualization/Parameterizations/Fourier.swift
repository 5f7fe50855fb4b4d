internal import CFVKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// The picture's spectrum, scaled so that every frequency counts alike, in decorrelated colours.
///
/// `picture = σ(colours · irfft2(spectrum · √(H·W) / max(f, 1/max(H, W))^decay) / 4)`, frequencies in cycles per
/// pixel; the inverse transform divides by H·W. Pictures stay in 0…1 by the sigmoid.
/// Olah et al. 2017, https://distill.pub/2017/feature-visualization.
public struct Fourier: Parameterization {
  /// The power of the frequency that amplitudes are divided by: 1 is that of natural pictures.
  public let decay: Float
  /// The deviation of the spectrum at the start.
  public let deviation: Float
  /// The basis of colours; `nil` optimises red, green and blue as they are.
  public let colors: ColorDecorrelation?

  public init(
    decay: Float = 1, deviation: Float = 0.01, colors: ColorDecorrelation? = .imageNet
  ) {
    self.decay = decay
    self.deviation = deviation
    self.colors = colors
  }

  public var name: String { "Fourier" }
  public var pixelSpace: PixelSpace? { nil }
  public var keepsRange: Bool { true }

  public func makeDecoder(_ size: PictureSize, for specification: InputSpecification)
    throws(VisualizationError) -> any PictureDecoder
  {
    guard decay.isFinite, deviation.isFinite, deviation >= 0 else {
      throw .invalidArgument("Fourier", "decay \(decay), deviation \(deviation)")
    }
    return Decoder(
      size: size, deviation: deviation,
      transform: InverseRealTransform(
        height: size.height, width: size.width,
        gain: { frequency in
          let lowest = 1 / Double(max(size.height, size.width))
          let area = Double(size.height * size.width)
          return area.squareRoot() / pow(max(frequency, lowest), Double(decay)) / (4 * area)
        }),
      colors: size.channels == 3 ? colors?.matrix : nil)
  }

  private struct Decoder: PictureDecoder {
    let size: PictureSize
    let deviation: Float
    let transform: InverseRealTransform
    /// The matrix from channels to colours; `nil` leaves channels as they are.
    let colors: [Float]?

    var parameterCount: Int { size.channels * transform.spectrumCount }

    private var pixels: Int { size.height * size.width }

    func initialParameters(using generator: inout SeededGenerator) -> [Float] {
      (0..<parameterCount).map { _ in deviation * Float(generator.normal()) }
    }

    /// The spectrum of a picture; its colours are taken into 0.01…0.99, since the sigmoid has no slope
    /// beyond, where a pixel would be stuck.
    func parameters(decodingTo picture: [Float]) -> [Float]? {
      let logits = picture.map { color in
        let inner = min(max(color, 0.01), 0.99)
        return log(inner / (1 - inner))
      }
      let planes = withPlanes { planes in
        cfv_pull_back_mix_planes(
          logits, planes.baseAddress, pixels, size.channels, unmixing)
      }
      var spectra = [Float](repeating: 0, count: parameterCount)
      for channel in 0..<size.channels {
        planes.withUnsafeBufferPointer { planes in
          spectra.withUnsafeMutableBufferPointer { spectra in
            transform.analyze(
              planes.baseAddress! + channel * pixels,
              into: spectra.baseAddress! + channel * transform.spectrumCount)
          }
        }
      }
      return spectra
    }

    /// The transposed inverse of the colours' matrix: its columns are orthogonal, so each is divided by its
    /// own square.
    private var unmixing: [Float] {
      var result = colors ?? identity
      let channels = size.channels
      for channel in 0..<channels {
        let entries = (0..<channels).map { channels * $0 + channel }
        let square = entries.reduce(0) { $0 + result[$1] * result[$1] }
        for entry in entries { result[entry] = square > 0 ? result[entry] / square : 0 }
      }
      return result
    }

    func decode(_ parameters: Span<Float>, into picture: inout MutableSpan<Float>) {
      let planes = withPlanes { planes in
        parameters.withUnsafeBufferPointer { spectra in
          forEachChannel { channel in
            transform.apply(
              spectra.baseAddress! + channel * transform.spectrumCount,
              into: planes.baseAddress! + channel * pixels)
          }
        }
      }
      picture.withUnsafeMutableBufferPointer { picture in
        planes.withUnsafeBufferPointer { planes in
          cfv_mix_planes(
            planes.baseAddress, picture.baseAddress, pixels, size.channels, colors ?? identity)
        }
        cfv_sigmoid(picture.baseAddress, picture.count)
      }
    }

    func pullback(
      _ pictureGradient: Span<Float>, at picture: Span<Float>,
      into parameterGradient: inout MutableSpan<Float>
    ) {
      let planes = withPlanes { planes in
        var gradient = pictureGradient.withUnsafeBufferPointer { Array($0) }
        picture.withUnsafeBufferPointer {
          cfv_pull_back_sigmoid($0.baseAddress, &gradient, gradient.count)
        }
        cfv_pull_back_mix_planes(
          gradient, planes.baseAddress, pixels, size.channels, colors ?? identity)
      }
      planes.withUnsafeBufferPointer { planes in
        parameterGradient.withUnsafeMutableBufferPointer { spectra in
          forEachChannel { channel in
            transform.applyAdjoint(
              planes.baseAddress! + channel * pixels,
              into: spectra.baseAddress! + channel * transform.spectrumCount)
          }
        }
      }
    }

    private var identity: [Float] {
      (0..<(size.channels * size.channels)).map { $0 % (size.channels + 1) == 0 ? 1 : 0 }
    }

    private func withPlanes(_ body: (UnsafeMutableBufferPointer<Float>) -> Void) -> [Float] {
      [Float](unsafeUninitializedCapacity: size.count) { planes, count in
        body(planes)
        count = size.count
      }
    }

    private func forEachChannel(_ body: (Int) -> Void) {
      WorkerPool.forEachChunk(size.channels) { channel, _ in body(channel) }
    }
  }
}
