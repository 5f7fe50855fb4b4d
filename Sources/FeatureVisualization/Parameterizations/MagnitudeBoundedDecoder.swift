/// Decodes phases and shares of magnitudes.
struct MagnitudeBoundedDecoder: PictureDecoder {
  private let phases: PhaseSpectrum
  private let firstPhases: [Float]
  private let transform: InverseRealTransform
  private let colors: PlaneColors
  private let memory = ReusedMemory()

  /// - Parameters:
  ///   - phases: where phases start, `[C, H, W / 2 + 1]`.
  ///   - magnitudes: the largest ones, alike.
  init(_ size: PictureSize, phases: [Float], magnitudes: [Float], colors: [Float]?) {
    self.phases = PhaseSpectrum(size, magnitudes)
    firstPhases = phases
    let area = Double(size.height * size.width)
    transform = InverseRealTransform(
      height: size.height, width: size.width, gain: { _ in 1 / area })
    self.colors = PlaneColors(size, colors)
  }

  /// Phases, and as many shares behind them.
  var parameterCount: Int { 2 * phases.count }
  private var spectraCount: Int { 2 * phases.count }

  func initialParameters(using generator: inout SeededGenerator) -> [Float] {
    firstPhases + Array(repeating: MagnitudeBounded.firstShare, count: phases.count)
  }

  func decode(_ parameters: Span<Float>, into picture: inout MutableSpan<Float>) {
    picture.withUnsafeMutableBufferPointer { picture in
      parameters.withUnsafeBufferPointer { numbers in
        guard let numbers = numbers.baseAddress, let picture = picture.baseAddress else { return }
        memory.withNumbers(spectraCount) { spectra in
          phases.write(numbers, shares: numbers + phases.count, into: spectra)
          transform.apply(spectra, count: phases.channels) { colors.mix($0, into: picture) }
        }
      }
    }
  }

  func pullback(
    _ pictureGradient: Span<Float>, at parameters: Span<Float>, picture: Span<Float>,
    into parameterGradient: inout MutableSpan<Float>
  ) {
    parameterGradient.withUnsafeMutableBufferPointer { result in
      parameters.withUnsafeBufferPointer { numbers in
        pictureGradient.withUnsafeBufferPointer { gradient in
          picture.withUnsafeBufferPointer { picture in
            guard let result = result.baseAddress, let numbers = numbers.baseAddress,
              let gradient = gradient.baseAddress, let picture = picture.baseAddress
            else { return }
            memory.withNumbers(2 * spectraCount) { spectra in
              let (spectraGradient, shares) = (spectra + spectraCount, numbers + phases.count)
              phases.write(numbers, shares: shares, into: spectra)
              transform.applyAdjoint(into: spectraGradient, count: phases.channels) {
                colors.pullBack(gradient, picture: picture, into: $0)
              }
              phases.pullBack(
                spectra, spectraGradient, into: result, shares: shares,
                into: result + phases.count)
            }
          }
        }
      }
    }
  }
}
