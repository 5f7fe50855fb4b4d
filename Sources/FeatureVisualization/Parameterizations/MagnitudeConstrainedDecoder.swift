internal import CFVKernels

/// Decodes phases: standardised, put together with the magnitudes, transformed, standardised again, coloured.
///
/// The mean and the deviation of the planes are taken from their spectra, so that neither decoding nor its pullback transforms
/// more than once.
struct MagnitudeConstrainedDecoder: PictureDecoder {
  private let phases: PhaseSpectrum
  private let transform: InverseRealTransform
  private let colors: PlaneColors
  private let memory = ReusedMemory()

  /// - Parameter magnitudes: `[C, H, W / 2 + 1]`.
  init(_ size: PictureSize, magnitudes: [Float], colors: [Float]?) {
    phases = PhaseSpectrum(size, magnitudes)
    let area = Double(size.height * size.width)
    transform = InverseRealTransform(
      height: size.height, width: size.width, gain: { _ in 1 / area })
    self.colors = PlaneColors(size, colors)
  }

  var parameterCount: Int { phases.count }

  func initialParameters(using generator: inout SeededGenerator) -> [Float] {
    (0..<parameterCount).map { _ in Float(generator.normal()) }
  }

  /// The numbers of all spectra.
  private var spectraCount: Int { 2 * phases.count }
  private var area: Double { Double(phases.half.height * phases.half.width) }

  func decode(_ parameters: Span<Float>, into picture: inout MutableSpan<Float>) {
    picture.withUnsafeMutableBufferPointer { picture in
      parameters.withUnsafeBufferPointer { numbers in
        guard let numbers = numbers.baseAddress, let picture = picture.baseAddress else { return }
        memory.withNumbers(spectraCount) { spectra in
          let standard = Standardization(of: numbers, count: parameterCount)
          write(numbers, standard, into: spectra)
          _ = center(spectra)
          let factor = Float(1 / (deviation(of: spectra) + Standardization.epsilon))
          transform.apply(spectra, count: phases.channels) {
            colors.mix($0, factor: factor, into: picture)
          }
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
              pullBack(
                gradient, numbers, picture, spectra, spectra + spectraCount, into: result)
            }
          }
        }
      }
    }
  }

  private func pullBack(
    _ pictureGradient: UnsafePointer<Float>, _ numbers: UnsafePointer<Float>,
    _ picture: UnsafePointer<Float>, _ spectra: UnsafeMutablePointer<Float>,
    _ gradient: UnsafeMutablePointer<Float>, into result: UnsafeMutablePointer<Float>
  ) {
    let standard = Standardization(of: numbers, count: parameterCount)
    write(numbers, standard, into: spectra)
    let mean = center(spectra)
    let deviation = deviation(of: spectra)
    let divisor = deviation + Standardization.epsilon
    transform.applyAdjoint(into: gradient, count: phases.channels) {
      colors.pullBack(pictureGradient, picture: picture, factor: Float(1 / divisor), into: $0)
    }
    _ = center(gradient)
    if deviation > 0 {
      let product = Stretch.sum(of: spectraCount) {
        cfv_sum_of_products(gradient + $0.lowerBound, spectra + $0.lowerBound, $0.count)
      }
      let count = area * Double(phases.channels)
      let slope = product / (divisor * deviation * area * count)
      for channel in 0..<phases.channels {
        let start = phases.start(channel)
        phases.half.subtract(Float(slope), times: spectra + start, from: gradient + start)
      }
    }
    shift(spectra, by: mean)
    phases.pullBack(spectra, gradient, into: result)
    standard.pullBack(result, at: numbers)
  }

  private func write(
    _ numbers: UnsafePointer<Float>, _ standard: Standardization,
    into spectra: UnsafeMutablePointer<Float>
  ) {
    let (mean, factor) = standard.terms
    phases.write(numbers, mean: mean, factor: factor, into: spectra)
  }

  // MARK: The planes' statistics

  /// Takes the mean of all planes out of their spectra.
  ///
  /// - Returns: what was subtracted from each channel's number at frequency 0.
  private func center(_ spectra: UnsafeMutablePointer<Float>) -> Float {
    var sum = 0.0
    for channel in 0..<phases.channels { sum += Double(spectra[phases.start(channel)]) }
    let mean = Float(sum / Double(phases.channels))
    shift(spectra, by: -mean)
    return mean
  }

  private func shift(_ spectra: UnsafeMutablePointer<Float>, by offset: Float) {
    for channel in 0..<phases.channels { spectra[phases.start(channel)] += offset }
  }

  /// The deviation of all planes together, whose mean is 0.
  private func deviation(of spectra: UnsafePointer<Float>) -> Double {
    var energy = 0.0
    for channel in 0..<phases.channels {
      let spectrum = spectra + phases.start(channel)
      let squares = Stretch.sum(of: 2 * phases.half.planeCount) {
        cfv_sum_of_squares(spectrum + $0.lowerBound, $0.count)
      }
      energy += phases.half.energy(spectrum, squares: squares)
    }
    return (max(energy, 0) / (area * area * Double(phases.channels))).squareRoot()
  }
}
