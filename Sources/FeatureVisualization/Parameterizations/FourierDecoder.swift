/// Decodes a spectrum for each channel into a picture: planes, colours, sigmoid.
struct FourierDecoder: PictureDecoder {
  private let size: PictureSize
  private let deviation: Float
  private let transform: InverseRealTransform
  private let colors: PlaneColors

  /// - Parameter colors: the matrix from the first channels to colours, C² numbers; `nil` leaves channels as they are.
  init(
    size: PictureSize, deviation: Float, transform: InverseRealTransform, colors: [Float]?
  ) {
    self.size = size
    self.deviation = deviation
    self.transform = transform
    self.colors = PlaneColors(size, colors)
  }

  var parameterCount: Int { size.channels * transform.spectrumCount }

  func initialParameters(using generator: inout SeededGenerator) -> [Float] {
    (0..<parameterCount).map { _ in deviation * Float(generator.normal()) }
  }

  /// The spectrum of a picture, whose colours are taken into 0.01…0.99.
  func parameters(decodingTo picture: [Float]) -> [Float]? {
    let logits = PlaneColors.logits(of: picture)
    var spectra = [Float](repeating: 0, count: parameterCount)
    spectra.withUnsafeMutableBufferPointer { spectra in
      guard let base = spectra.baseAddress else { return }
      transform.analyze(into: base, count: size.channels) { colors.unmix(logits, into: $0) }
    }
    return spectra
  }

  func decode(_ parameters: Span<Float>, into picture: inout MutableSpan<Float>) {
    picture.withUnsafeMutableBufferPointer { picture in
      parameters.withUnsafeBufferPointer { spectra in
        guard let spectra = spectra.baseAddress, let picture = picture.baseAddress else { return }
        transform.apply(spectra, count: size.channels) { colors.mix($0, into: picture) }
      }
    }
  }

  func pullback(
    _ pictureGradient: Span<Float>, at parameters: Span<Float>, picture: Span<Float>,
    into parameterGradient: inout MutableSpan<Float>
  ) {
    parameterGradient.withUnsafeMutableBufferPointer { spectra in
      pictureGradient.withUnsafeBufferPointer { gradient in
        picture.withUnsafeBufferPointer { picture in
          guard let spectra = spectra.baseAddress, let gradient = gradient.baseAddress,
            let picture = picture.baseAddress
          else { return }
          transform.applyAdjoint(into: spectra, count: size.channels) {
            colors.pullBack(gradient, picture: picture, into: $0)
          }
        }
      }
    }
  }
}
