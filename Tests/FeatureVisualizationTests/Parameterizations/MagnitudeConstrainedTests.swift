import FeatureVisualization
import Foundation
import Testing

/// MACO's pictures have the magnitudes that they are told, whatever their phases.
struct MagnitudeConstrainedTests {
  /// `|rfft2|` of a plane at row `ky` and column `kx`, by definition.
  private func magnitude(_ plane: [Double], _ height: Int, _ width: Int, _ ky: Int, _ kx: Int)
    -> Double
  {
    var (re, im) = (0.0, 0.0)
    for y in 0..<height {
      for x in 0..<width {
        let angle =
          2 * Double.pi
          * (Double(ky * y) / Double(height) + Double(kx * x) / Double(width))
        re += plane[y * width + x] * cos(angle)
        im -= plane[y * width + x] * sin(angle)
      }
    }
    return (re * re + im * im).squareRoot()
  }

  private func logits(_ picture: [Float]) -> [Double] {
    picture.map { Foundation.log(Double($0) / (1 - Double($0))) }
  }

  @Test func `planes have mean 0, deviation 1 and magnitudes that fall with the frequency`() throws
  {
    let size = PictureSize(height: 9, width: 11, channels: 1)
    let decoder = try MagnitudeConstrained(magnitude: .powerLaw(exponent: 1.5)).decoder(size)
    var generator = SeededGenerator(seed: 1)
    let phases = decoder.initialParameters(using: &generator)
    let deviation = (phases.reduce(0) { $0 + $1 * $1 } / Float(phases.count)).squareRoot()
    #expect(phases.count == 9 * 6 && abs(deviation - 1) < 0.3)
    let plane = logits(decoder.decoded(phases, size))
    let count = Double(plane.count)
    #expect(abs(plane.reduce(0, +) / count) < 1e-5)
    #expect(abs(plane.reduce(0) { $0 + $1 * $1 } / count - 1) < 1e-4)
    // Inside the half spectrum magnitudes are those told, but for one factor.
    func told(_ ky: Int, _ kx: Int) -> Double {
      let (fy, fx) = (Double(ky) / 9, Double(kx) / 11)
      return (fy * fy + fx * fx).squareRoot().power(-1.5)
    }
    let factor = magnitude(plane, 9, 11, 0, 1) / told(0, 1)
    for (ky, kx) in [(1, 1), (3, 2), (4, 5), (2, 3)] {
      #expect(abs(magnitude(plane, 9, 11, ky, kx) / (factor * told(ky, kx)) - 1) < 1e-4)
    }
  }

  /// Protects measured magnitudes: those of the one picture that was measured come back, also where sides are odd.
  @Test(arguments: [(8, 6), (7, 9)])
  func `magnitudes are those of the picture that was measured`(height: Int, width: Int) throws {
    let size = PictureSize(height: height, width: width, channels: 1)
    var generator = SeededGenerator(seed: 6)
    let photo = (0..<size.count).map { _ in Float(generator.uniform()) }
    let magnitudes = try SpectrumMagnitude(
      of: [Tensor(shape: [height, width, 1], elements: photo)], colors: nil)
    let decoder = try MagnitudeConstrained(magnitude: magnitudes).decoder(size)
    let plane = logits(decoder.decoded(decoder.initialParameters(using: &generator), size))
    let told = photo.map(Double.init)
    let factor = magnitude(plane, height, width, 2, 1) / magnitude(told, height, width, 2, 1)
    for (ky, kx) in [(1, 1), (height - 1, 2), (3, 2), (0, 1)] {
      let ratio =
        magnitude(plane, height, width, ky, kx) / magnitude(told, height, width, ky, kx)
      #expect(abs(ratio / factor - 1) < 1e-4)
    }
  }

  @Test func `pictures of different sizes are measured together`() throws {
    var generator = SeededGenerator(seed: 6)
    let pictures = [[2, 8, 8, 3], [1, 16, 12, 3], [5, 7, 3]].map { shape in
      Tensor(
        shape: shape,
        elements: (0..<shape.reduce(1, *)).map { _ in Float(generator.uniform()) })
    }
    let size = PictureSize(height: 21, width: 10)
    let decoder = try MagnitudeConstrained(magnitude: SpectrumMagnitude(of: pictures)).decoder(
      size)
    let picture = decoder.decoded(decoder.initialParameters(using: &generator), size)
    #expect(picture.allSatisfy { $0 > 0 && $0 < 1 } && Set(picture).count > 500)
  }

  @Test func `what cannot be measured is refused`() throws {
    let good = Tensor(shape: [4, 4, 3], elements: (0..<48).map { Float($0 % 7) / 7 })
    for pictures in [
      [], [Tensor(shape: [4, 4], elements: Array(repeating: 0, count: 16))],
      [good, Tensor(shape: [4, 4, 1], elements: Array(repeating: 0, count: 16))],
      [Tensor(shape: [1, 1, 3], elements: [0, .nan, 0])],
    ] {
      #expect(throws: VisualizationError.self) { try SpectrumMagnitude(of: pictures) }
    }
    #expect(throws: VisualizationError.self) {
      try SpectrumMagnitude(of: [Tensor(shape: [2, 2, 1], elements: [0, 1, 1, 0])])
    }
  }

  @Test func `a blank picture has no magnitudes, and is drawn grey without a step`() throws {
    let blank = Tensor(shape: [6, 6, 3], elements: Array(repeating: 0.25, count: 108))
    let size = PictureSize(height: 5, width: 4)
    let decoder = try MagnitudeConstrained(magnitude: SpectrumMagnitude(of: [blank])).decoder(size)
    var generator = SeededGenerator(seed: 6)
    let phases = decoder.initialParameters(using: &generator)
    let picture = decoder.decoded(phases, size)
    #expect(picture.allSatisfy { abs($0 - 0.5) < 0.01 })
    let gradient = decoder.pulledBack(
      Array(repeating: 1, count: size.count), at: phases, picture: picture)
    #expect(gradient.allSatisfy { $0.isFinite })
  }

  @Test(arguments: [
    PictureSize(height: 7, width: 6), PictureSize(height: 4, width: 5, channels: 1),
  ])
  func `a bounded spectrum starts as the photo, and can only lose`(size: PictureSize) throws {
    var generator = SeededGenerator(seed: 8)
    let photo = (0..<size.count).map { _ in 0.02 + 0.96 * Float(generator.uniform()) }
    let tensor = Tensor(shape: [1, size.height, size.width, size.channels], elements: photo)
    let decoder = try MagnitudeBounded(by: tensor).decoder(size)
    var parameters = decoder.initialParameters(using: &generator)
    #expect(largestDifference(decoder.decoded(parameters, size), photo) < 1e-4)
    let half = parameters.count / 2
    #expect(parameters[half...].allSatisfy { $0 == 5 })
    for index in half..<parameters.count { parameters[index] = -40 }
    #expect(decoder.decoded(parameters, size).allSatisfy { abs($0 - 0.5) < 1e-5 })
  }
}
