/// Decodes a sum of planes: a spectrum's, where there is one, and coarse ones, a picture's own and those that the pictures
/// of a batch share.
struct SummedPlanesDecoder: PictureDecoder {
  /// A spectrum for each channel.
  struct Spectrum: Sendable {
    let transform: InverseRealTransform
    /// The deviation of the numbers at the start.
    let deviation: Float
  }

  private let size: PictureSize
  private let colors: PlaneColors
  private let spectrum: Spectrum?
  private let own: [CoarsePlanes]
  private let shared: [CoarsePlanes]
  private let deviation: Float
  private let memory = ReusedMemory()

  /// - Parameters:
  ///   - own: coarse planes of the picture's own.
  ///   - shared: those that all pictures of a batch have in common.
  ///   - deviation: that of coarse planes at the start.
  init(
    _ size: PictureSize, colors: [Float]?, spectrum: Spectrum? = nil, own: [CoarsePlanes],
    shared: [CoarsePlanes] = [], deviation: Float
  ) {
    self.size = size
    self.colors = PlaneColors(size, colors)
    (self.spectrum, self.own, self.shared) = (spectrum, own, shared)
    self.deviation = deviation
  }

  private var spectrumCount: Int { size.channels * (spectrum?.transform.spectrumCount ?? 0) }

  var sharedParameterCount: Int { shared.reduce(0) { $0 + $1.parameterCount } }

  var parameterCount: Int {
    spectrumCount + own.reduce(sharedParameterCount) { $0 + $1.parameterCount }
  }

  func initialParameters(using generator: inout SeededGenerator) -> [Float] {
    (0..<parameterCount).map { index in
      let deviation = index < spectrumCount ? spectrum?.deviation ?? 0 : deviation
      return deviation * Float(generator.normal())
    }
  }

  /// All of the picture in the spectrum, or in planes as fine as the picture; `nil` where there are neither.
  func parameters(decodingTo picture: [Float]) -> [Float]? {
    let logits = PlaneColors.logits(of: picture)
    var result = [Float](repeating: 0, count: parameterCount)
    if let spectrum {
      result.withUnsafeMutableBufferPointer { numbers in
        guard let numbers = numbers.baseAddress else { return }
        spectrum.transform.analyze(into: numbers, count: size.channels) {
          colors.unmix(logits, into: $0)
        }
      }
      return result
    }
    guard let fine = own.first, fine.height == size.height, fine.width == size.width else {
      return nil
    }
    withOwnPlanes { planes in
      colors.unmix(logits, into: planes)
      for index in 0..<fine.parameterCount {
        let (plane, row) = (index / (size.height * size.width), index / size.width % size.height)
        result[index] = planes.row(plane, row)[index % size.width]
      }
    }
    return result
  }

  func decode(_ parameters: Span<Float>, into picture: inout MutableSpan<Float>) {
    picture.withUnsafeMutableBufferPointer { picture in
      parameters.withUnsafeBufferPointer { numbers in
        guard let numbers = numbers.baseAddress, let picture = picture.baseAddress else { return }
        withPlanes(of: numbers) { planes in
          forEachLayer { layer, start in layer.add(numbers + start, to: planes) }
          colors.mix(planes, into: picture)
        }
      }
    }
  }

  func pullback(
    _ pictureGradient: Span<Float>, at parameters: Span<Float>, picture: Span<Float>,
    into parameterGradient: inout MutableSpan<Float>
  ) {
    parameterGradient.withUnsafeMutableBufferPointer { numbers in
      pictureGradient.withUnsafeBufferPointer { gradient in
        picture.withUnsafeBufferPointer { picture in
          guard let numbers = numbers.baseAddress, let gradient = gradient.baseAddress,
            let picture = picture.baseAddress
          else { return }
          withPlanesToPullBack(into: numbers) { planes in
            colors.pullBack(gradient, picture: picture, into: planes)
            forEachLayer { layer, start in layer.pullBack(planes, into: numbers + start) }
          }
        }
      }
    }
  }

  /// Calls `body` with each set of coarse planes and where its numbers begin.
  private func forEachLayer(_ body: (CoarsePlanes, _ start: Int) -> Void) {
    var start = spectrumCount
    for layers in [own, shared] {
      for layer in layers {
        body(layer, start)
        start += layer.parameterCount
      }
    }
  }

  /// Hands planes to `body` that hold the spectrum's, or zeros.
  private func withPlanes(of numbers: UnsafePointer<Float>, _ body: (PaddedPlanes) -> Void) {
    guard let spectrum else {
      withOwnPlanes { planes in
        planes.base.update(repeating: 0, count: size.channels * planes.planeStep)
        body(planes)
      }
      return
    }
    spectrum.transform.apply(numbers, count: size.channels, body)
  }

  /// Hands planes to `body` whose gradient goes to the spectrum's numbers, where there are any.
  private func withPlanesToPullBack(
    into numbers: UnsafeMutablePointer<Float>, _ body: (PaddedPlanes) -> Void
  ) {
    guard let spectrum else {
      withOwnPlanes(body)
      return
    }
    spectrum.transform.applyAdjoint(into: numbers, count: size.channels, body)
  }

  private func withOwnPlanes(_ body: (PaddedPlanes) -> Void) {
    let count = PaddedPlanes.count(
      planes: size.channels, height: size.height, width: size.width)
    memory.withNumbers(count) {
      body(PaddedPlanes($0, height: size.height, width: size.width))
    }
  }
}
