import FeatureVisualization
import FeatureVisualizationTestSupport
import Foundation
import Testing

/// The decoder is lucid's formula, stated as a direct sum over frequencies in double precision; lucent and Xplique
/// fail or misshape pictures of odd sides.
struct FourierTests {
  /// `σ(M · irfft2(spectrum · √(HW) / max(f, 1 / max(H, W))^decay) / 4)`, by definition.
  private func decode(
    _ spectrum: [Float], _ size: PictureSize, decay: Double, colors: [Float]?
  ) -> [Float] {
    let (height, width, half) = (size.height, size.width, size.width / 2 + 1)
    var planes = [[Double]](repeating: [], count: size.channels)
    for channel in 0..<size.channels {
      let start = channel * 2 * height * half
      for y in 0..<height {
        for x in 0..<width {
          var sum = 0.0
          for ky in 0..<height {
            for kx in 0..<half {
              let (fy, fx) = (
                Double(ky <= height / 2 ? ky : ky - height) / Double(height),
                Double(kx) / Double(width)
              )
              let frequency = max((fy * fy + fx * fx).squareRoot(), 1 / Double(max(height, width)))
              let gain = Double(height * width).squareRoot() / frequency.power(decay)
              let angle =
                2 * Double.pi
                * (Double(ky * y) / Double(height) + Double(kx * x) / Double(width))
              let real = Double(spectrum[start + ky * half + kx])
              let imaginary = Double(spectrum[start + height * half + ky * half + kx])
              // A half spectrum stands for its mirror image too, but for columns that are their own.
              let count = kx == 0 || 2 * kx == width ? 1.0 : 2.0
              sum += count * gain * (real * cos(angle) - imaginary * sin(angle))
            }
          }
          planes[channel].append(sum / Double(height * width) / 4)
        }
      }
    }
    return (0..<size.count).map { index in
      let (pixel, channel) = (index / size.channels, index % size.channels)
      let value =
        colors.map { colors in
          (0..<3).reduce(0) { $0 + Double(colors[3 * channel + $1]) * planes[$1][pixel] }
        } ?? planes[channel][pixel]
      return Float(1 / (1 + exp(-value)))
    }
  }

  @Test(arguments: [
    PictureSize(height: 6, width: 8), PictureSize(height: 7, width: 9),
    PictureSize(height: 8, width: 5), PictureSize(height: 5, width: 8),
    PictureSize(height: 1, width: 7), PictureSize(height: 6, width: 1),
    PictureSize(height: 7, width: 6, channels: 1),
  ])
  func `a spectrum decodes as its direct sum does, even and odd sides alike`(size: PictureSize)
    throws
  {
    for (decay, colors) in [(1, ColorDecorrelation.imageNet), (0.5, nil)]
      as [(Float, ColorDecorrelation?)]
    {
      let fourier = Fourier(decay: decay, deviation: 1, colors: colors)
      let specification = try InputSpecification(channelOrder: size.channels == 1 ? .gray : .rgb)
      let decoder = try fourier.makeDecoder(
        for: DecoderContext(size: size, specification: specification))
      var generator = SeededGenerator(seed: 2)
      let spectrum = decoder.initialParameters(using: &generator)
      #expect(spectrum.count == size.channels * 2 * size.height * (size.width / 2 + 1))
      var picture = [Float](repeating: .nan, count: size.count)
      var span = picture.mutableSpan
      decoder.decode(spectrum.span, into: &span)
      let expected = decode(
        spectrum, size, decay: Double(decay), colors: size.channels == 3 ? colors?.matrix : nil)
      #expect(largestDifference(picture, expected) < 2e-6)
    }
  }

  /// Protects every path of the fast transform: radices 2 to 7, larger primes by definition (61) and as a chirp (67),
  /// blocks of columns and rows that are full and that are not.
  @Test(arguments: [
    PictureSize(height: 37, width: 45), PictureSize(height: 64, width: 34),
    PictureSize(height: 35, width: 31), PictureSize(height: 61, width: 6),
    PictureSize(height: 67, width: 5), PictureSize(height: 3, width: 71),
    PictureSize(height: 4, width: 134), PictureSize(height: 49, width: 33, channels: 1),
    PictureSize(height: 2, width: 3), PictureSize(height: 1, width: 1),
  ])
  func `sides of any factors decode as their direct sum does, and have the exact adjoint`(
    size: PictureSize
  ) throws {
    let specification = try InputSpecification(channelOrder: size.channels == 1 ? .gray : .rgb)
    let decoder = try Fourier(deviation: 1).makeDecoder(
      for: DecoderContext(size: size, specification: specification))
    var generator = SeededGenerator(seed: 2)
    let spectrum = decoder.initialParameters(using: &generator)
    var picture = [Float](repeating: .nan, count: size.count)
    var span = picture.mutableSpan
    decoder.decode(spectrum.span, into: &span)
    let colors = size.channels == 3 ? ColorDecorrelation.imageNet.matrix : nil
    let expected = decode(spectrum, size, decay: 1, colors: colors)
    #expect(largestDifference(picture, expected) < 3e-6)

    // ⟨L·u, v⟩ = ⟨u, Lᵀ·v⟩, where L·u is the picture before the sigmoid, whose slope is ¼ at grey.
    let weights = (0..<size.count).map { _ in Float(generator.normal()) }
    let grey = [Float](repeating: 0.5, count: size.count)
    var gradient = [Float](repeating: .nan, count: spectrum.count)
    var gradientSpan = gradient.mutableSpan
    decoder.pullback(
      weights.span, at: spectrum.span, picture: grey.span, into: &gradientSpan)
    var (there, back, length) = (0.0, 0.0, 0.0)
    for i in picture.indices {
      let logit = log(Double(expected[i]) / (1 - Double(expected[i])))
      there += logit * Double(weights[i]) / 4
    }
    for i in spectrum.indices {
      back += Double(spectrum[i]) * Double(gradient[i])
      length += (Double(spectrum[i]) * Double(gradient[i])).power(2)
    }
    #expect(abs(there - back) < 1e-4 * (length.squareRoot() + 1))
  }

  @Test func `the start is grey with a little of everything`() throws {
    let size = PictureSize(height: 64, width: 48)
    let decoder = try Fourier().makeDecoder(
      for: DecoderContext(size: size, specification: InputSpecification()))
    var generator = SeededGenerator(seed: 2)
    let spectrum = decoder.initialParameters(using: &generator)
    let variance = spectrum.reduce(0) { $0 + $1 * $1 } / Float(spectrum.count)
    #expect(abs(variance.squareRoot() - 0.01) < 5e-4)
    var picture = [Float](repeating: .nan, count: size.count)
    var span = picture.mutableSpan
    decoder.decode(spectrum.span, into: &span)
    #expect(picture.allSatisfy { abs($0 - 0.5) < 0.1 } && Set(picture).count > 1000)
  }

  @Test func `numbers that make no sense are refused`() throws {
    let specification = try InputSpecification()
    for fourier in [
      Fourier(decay: .nan), Fourier(deviation: -1), Fourier(deviation: .infinity),
    ] {
      #expect(throws: VisualizationError.self) {
        try fourier.makeDecoder(
          for: DecoderContext(
            size: PictureSize(height: 4, width: 4), specification: specification))
      }
    }
  }

  /// Protects `startingPicture` with lucid's recipe: the spectrum of a picture decodes to that picture.
  @Test(arguments: [
    PictureSize(height: 6, width: 8), PictureSize(height: 7, width: 9),
    PictureSize(height: 8, width: 5), PictureSize(height: 1, width: 6),
    PictureSize(height: 7, width: 6, channels: 1),
  ])
  func `a picture has a spectrum that decodes to it`(size: PictureSize) throws {
    var generator = SeededGenerator(seed: 3)
    let picture = (0..<size.count).map { _ in 0.02 + 0.96 * Float(generator.uniform()) }
    for decay: Float in [0, 1] {
      let decoder = try Fourier(decay: decay).makeDecoder(
        for: DecoderContext(size: size, specification: InputSpecification()))
      let spectrum = try #require(decoder.parameters(decodingTo: picture))
      var decoded = [Float](repeating: 0, count: size.count)
      var span = decoded.mutableSpan
      decoder.decode(spectrum.span, into: &span)
      #expect(zip(picture, decoded).allSatisfy { abs($0 - $1) < 1e-4 })
    }
  }

  /// Protects pixels at the ends of the range, where the sigmoid has no slope.
  @Test func `black and white start a little inside the range`() throws {
    let size = PictureSize(height: 4, width: 4)
    let decoder = try Fourier().makeDecoder(
      for: DecoderContext(size: size, specification: InputSpecification()))
    let picture = (0..<size.count).map { Float($0 / 3 % 2) }
    let spectrum = try #require(decoder.parameters(decodingTo: picture))
    var decoded = [Float](repeating: 0, count: size.count)
    var span = decoded.mutableSpan
    decoder.decode(spectrum.span, into: &span)
    #expect(zip(picture, decoded).allSatisfy { abs(abs($0 - $1) - 0.01) < 1e-3 })
  }
}
