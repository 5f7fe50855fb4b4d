import FeatureVisualization
import FeatureVisualizationTestSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The phases of a spectrum whose magnitudes are those of natural pictures, 1/f: `σ(Σ cos(2π(uy + vx) + φ) / f)`.
struct Phases: Parameterization {
  let cycles = 4
  var name: String { "Phases" }
  var pixelSpace: PixelSpace? { nil }
  var keepsRange: Bool { true }
  func makeDecoder(for context: DecoderContext) -> any PictureDecoder {
    Decoder(size: context.size, cycles: cycles)
  }

  struct Decoder: PictureDecoder {
    let size: PictureSize
    let waves: [(y: Float, x: Float, magnitude: Float)]

    init(size: PictureSize, cycles: Int) {
      self.size = size
      var waves: [(Float, Float, Float)] = []
      for v in -cycles...cycles {
        for u in 0...cycles where u > 0 || v > 0 {
          waves.append((Float(v), Float(u), 1 / (Float(u * u + v * v)).squareRoot()))
        }
      }
      self.waves = waves
    }

    var parameterCount: Int { size.channels * waves.count }
    func initialParameters(using generator: inout SeededGenerator) -> [Float] {
      (0..<parameterCount).map { _ in 2 * .pi * Float(generator.uniform()) }
    }

    /// Calls `body` with each number of the picture, each wave's parameter and the wave's angle there.
    private func forEachWave(
      _ parameters: Span<Float>,
      _ body: (_ index: Int, _ parameter: Int, _ angle: Float, _ magnitude: Float) -> Void
    ) {
      for index in 0..<size.count {
        let (pixel, channel) = (index / size.channels, index % size.channels)
        let y = 2 * .pi * Float(pixel / size.width) / Float(size.height)
        let x = 2 * .pi * Float(pixel % size.width) / Float(size.width)
        for (number, wave) in waves.enumerated() {
          let parameter = channel * waves.count + number
          body(index, parameter, wave.y * y + wave.x * x + parameters[parameter], wave.magnitude)
        }
      }
    }

    func decode(_ parameters: Span<Float>, into picture: inout MutableSpan<Float>) {
      var sums = [Float](repeating: 0, count: size.count)
      forEachWave(parameters) { sums[$0] += $3 * cos($2) }
      for index in picture.indices { picture[index] = 1 / (1 + exp(-sums[index] / 2)) }
    }

    func pullback(
      _ pictureGradient: Span<Float>, at parameters: Span<Float>, picture: Span<Float>,
      into parameterGradient: inout MutableSpan<Float>
    ) {
      var sums = [Float](repeating: 0, count: parameters.count)
      forEachWave(parameters) { index, parameter, angle, magnitude in
        let slope = pictureGradient[index] * picture[index] * (1 - picture[index]) / 2
        sums[parameter] -= slope * magnitude * sin(angle)
      }
      for index in parameterGradient.indices { parameterGradient[index] = sums[index] }
    }
  }
}

/// A square cut out at a random place, whose side falls from all of the picture to half of it.
struct ShrinkingCrop: InputModifier {
  var name: String { "ShrinkingCrop" }
  var isRandom: Bool { true }
  func draw(
    for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? {
    let side = Int(Double(size.height) * (1 - 0.5 * moment.progress))
    let (top, left) = (
      generator.integer(in: 0...size.height - side), generator.integer(in: 0...size.width - side)
    )
    return Translation(
      size, to: PictureSize(height: side, width: side, channels: size.channels), top: -top,
      left: -left)
  }
}

/// Phases on a picture larger than the network's input, seen eight times a step through crops that shrink.
func drawByPhases() throws {
  try GradientCheck.check(Phases(), size: PictureSize(height: 5, width: 6))
  try GradientCheck.check(ShrinkingCrop(), size: PictureSize(height: 12, width: 12))
  var recipe = Preset(
    name: "phases", parameterization: Phases(), optimizer: Adam(learningRate: 0.1), iterations: 40)
  recipe.canvas = Canvas(height: 24, width: 24)
  recipe.inputModifiers = [ShrinkingCrop()]
  recipe.views = 8
  recipe.accumulatesImportance = true
  let drawn = try smallNetwork.visualizeActivation(of: "c", units: [0], preset: recipe)
  expect(drawn.pictures.shape == [1, 24, 24, 3], "the picture is the canvas")
  expect(drawn.scores[0] > drawn.history[0].objectives[0], "the unit is raised")
  expect(drawn.importance?.shape == [1, 24, 24, 3], "it is known which pixels mattered")
  recipe.viewsAtOnce = 4
  let batched = try smallNetwork.visualizeActivation(of: "c", units: [0], preset: recipe)
  let difference = zip(drawn.pictures.elements, batched.pictures.elements).map { abs($0 - $1) }
    .max()
  expect(difference ?? 1 < 1e-3, "views in passes and in one batch draw the same")
}
