internal import CFVKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Decodes a spectrum for each channel into a picture: planes, colours, sigmoid.
struct FourierDecoder: PictureDecoder {
  private let size: PictureSize
  private let deviation: Float
  private let transform: InverseRealTransform
  /// The matrix from channels to colours; `nil` leaves channels as they are.
  private let colors: [Float]?

  /// - Parameter colors: the matrix from the first channels to colours, C² numbers; `nil` leaves channels as they are.
  init(
    size: PictureSize, deviation: Float, transform: InverseRealTransform, colors: [Float]?
  ) {
    self.size = size
    self.deviation = deviation
    self.transform = transform
    self.colors = colors.map { colors in
      let (channels, count) = (size.channels, Int(Double(colors.count).squareRoot().rounded()))
      var matrix: [Float] = (0..<channels * channels).map { $0 % (channels + 1) == 0 ? 1 : 0 }
      for row in 0..<count {
        for column in 0..<count {
          matrix[channels * row + column] = colors[count * row + column]
        }
      }
      return matrix
    }
  }

  var parameterCount: Int { size.channels * transform.spectrumCount }

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
    var spectra = [Float](repeating: 0, count: parameterCount)
    spectra.withUnsafeMutableBufferPointer { spectra in
      guard let base = spectra.baseAddress else { return }
      logits.withUnsafeBufferPointer { logits in
        transform.analyze(into: base, count: size.channels) { planes in
          forEachRow { y in
            cfv_pull_back_mix_planes(
              logits.baseAddress?.advanced(by: y * row), nil, unmixing, planes.row(0, y),
              planes.planeStep, size.width, size.channels)
          }
        }
      }
    }
    return spectra
  }

  /// The transposed inverse of the colours' matrix: its columns are orthogonal, so each is divided by its
  /// own square.
  private var unmixing: [Float]? {
    guard var result = colors else { return nil }
    let channels = size.channels
    for channel in 0..<channels {
      let entries = (0..<channels).map { channels * $0 + channel }
      let square = entries.reduce(0) { $0 + result[$1] * result[$1] }
      for entry in entries { result[entry] = square > 0 ? result[entry] / square : 0 }
    }
    return result
  }

  func decode(_ parameters: Span<Float>, into picture: inout MutableSpan<Float>) {
    picture.withUnsafeMutableBufferPointer { picture in
      parameters.withUnsafeBufferPointer { spectra in
        guard let spectra = spectra.baseAddress else { return }
        transform.apply(spectra, count: size.channels) { planes in
          forEachRow { y in
            cfv_mix_planes(
              planes.row(0, y), planes.planeStep, colors,
              picture.baseAddress?.advanced(by: y * row), size.width, size.channels)
          }
        }
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
          guard let spectra = spectra.baseAddress else { return }
          transform.applyAdjoint(into: spectra, count: size.channels) { planes in
            forEachRow { y in
              cfv_pull_back_mix_planes(
                gradient.baseAddress?.advanced(by: y * row),
                picture.baseAddress?.advanced(by: y * row), colors, planes.row(0, y),
                planes.planeStep, size.width, size.channels)
            }
          }
        }
      }
    }
  }

  /// The numbers of a row of the picture.
  private var row: Int { size.width * size.channels }

  private func forEachRow(_ body: (_ y: Int) -> Void) {
    Stretch.forEach(of: size.height, by: 16) { rows in
      for y in rows { body(y) }
    }
  }
}
