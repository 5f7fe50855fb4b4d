import FeatureVisualization
import FeatureVisualizationTestSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A compositional pattern-producing network: colours as a function of coordinates, `σ(W₂ · tanh(W₁ · (y, x, r, 1)))`.
struct CompositionalPatterns: Parameterization {
  let width = 12
  var name: String { "CompositionalPatterns" }
  var pixelSpace: PixelSpace? { nil }
  var keepsRange: Bool { true }
  func makeDecoder(for context: DecoderContext) -> any PictureDecoder {
    Decoder(size: context.size, width: width)
  }

  struct Decoder: PictureDecoder {
    let size: PictureSize
    let width: Int
    var parameterCount: Int { width * (4 + size.channels) }
    func initialParameters(using generator: inout SeededGenerator) -> [Float] {
      (0..<parameterCount).map { _ in Float(generator.normal()) }
    }

    private func coordinates(_ pixel: Int) -> [Float] {
      let y = 3 * Float(pixel / size.width) / Float(size.height) - 1.5
      let x = 3 * Float(pixel % size.width) / Float(size.width) - 1.5
      return [y, x, (y * y + x * x).squareRoot(), 1]
    }

    private func hidden(_ parameters: Span<Float>, _ point: [Float]) -> [Float] {
      var result: [Float] = []
      for unit in 0..<width {
        var sum: Float = 0
        for index in 0..<4 { sum += parameters[4 * unit + index] * point[index] }
        result.append(tanh(sum))
      }
      return result
    }

    func decode(_ parameters: Span<Float>, into picture: inout MutableSpan<Float>) {
      for pixel in 0..<size.height * size.width {
        let units = hidden(parameters, coordinates(pixel))
        for channel in 0..<size.channels {
          var sum: Float = 0
          for unit in 0..<width {
            sum += parameters[4 * width + channel * width + unit] * units[unit]
          }
          picture[pixel * size.channels + channel] = 1 / (1 + exp(-sum))
        }
      }
    }

    func pullback(
      _ pictureGradient: Span<Float>, at parameters: Span<Float>, picture: Span<Float>,
      into parameterGradient: inout MutableSpan<Float>
    ) {
      for index in parameterGradient.indices { parameterGradient[index] = 0 }
      for pixel in 0..<size.height * size.width {
        let point = coordinates(pixel)
        let units = hidden(parameters, point)
        var below = [Float](repeating: 0, count: width)
        for channel in 0..<size.channels {
          let color = picture[pixel * size.channels + channel]
          let slope = pictureGradient[pixel * size.channels + channel] * color * (1 - color)
          for unit in 0..<width {
            let place = 4 * width + channel * width + unit
            parameterGradient[place] += slope * units[unit]
            below[unit] += slope * parameters[place]
          }
        }
        for unit in 0..<width {
          let slope = below[unit] * (1 - units[unit] * units[unit])
          for index in 0..<4 { parameterGradient[4 * unit + index] += slope * point[index] }
        }
      }
    }
  }
}

/// A picture that can be shown at any size, since it is a function of coordinates.
func drawByCompositionalPatterns() throws {
  try GradientCheck.check(CompositionalPatterns(), size: PictureSize(height: 5, width: 6))
  var recipe = Preset(
    name: "patterns", parameterization: CompositionalPatterns(),
    optimizer: Adam(learningRate: 0.05), iterations: 60)
  recipe.inputModifiers = [.jitter(1)]
  let drawn = try smallNetwork.visualizeActivation(of: "c", units: [1], preset: recipe)
  let objectives = drawn.history.map { $0.objectives[0] }
  expect(objectives[59] > objectives[0], "the unit is raised")
  let large = try drawn.parameters.pictures(height: 240, width: 360)
  expect(large.shape == [1, 240, 360, 3], "it is shown at another size")
  expect(large.elements.allSatisfy { (0...1).contains($0) }, "in the range of pictures")
}
