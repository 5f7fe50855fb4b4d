import FeatureVisualization
import Testing

/// Parameters that all pictures of a batch have in common take one step, along the sum of their gradients.
struct SharedParameterTests {
  /// Pixels of each picture's own, added to pixels of all pictures.
  private struct Layered: Parameterization {
    var name: String { "Layered" }
    var pixelSpace: PixelSpace? { nil }
    var keepsRange: Bool { false }
    func makeDecoder(for context: DecoderContext) -> any PictureDecoder {
      Decoder(count: context.size.count, shift: Float(context.picture) * 0.01)
    }

    struct Decoder: PictureDecoder {
      let count: Int
      let shift: Float
      var parameterCount: Int { 2 * count }
      var sharedParameterCount: Int { count }
      func initialParameters(using generator: inout SeededGenerator) -> [Float] {
        (0..<2 * count).map { _ in 0.25 + 0.1 * Float(generator.uniform()) }
      }
      func decode(_ parameters: Span<Float>, into picture: inout MutableSpan<Float>) {
        for i in picture.indices { picture[i] = parameters[i] + parameters[count + i] + shift }
      }
      func pullback(
        _ pictureGradient: Span<Float>, at parameters: Span<Float>, picture: Span<Float>,
        into parameterGradient: inout MutableSpan<Float>
      ) {
        for i in picture.indices {
          parameterGradient[i] = pictureGradient[i]
          parameterGradient[count + i] = pictureGradient[i]
        }
      }
    }
  }

  private func draw(_ rate: Float, _ seeds: [UInt64]) throws -> Visualization {
    let recipe = Preset(
      name: "layered", parameterization: Layered(),
      optimizer: GradientDescent(.constant(rate)), iterations: 1)
    return try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      ActivationMaximization(layer: "dense", eachOf: [[1], [3], [0]]), preset: recipe,
      seeds: seeds)
  }

  @Test func `one step for all follows the sum of the gradients`() throws {
    let (still, moved) = (try draw(1e-12, [1, 2, 3]), try draw(0.5, [1, 2, 3]))
    let count = 588
    let steps = zip(still.parameters.values, moved.parameters.values).map { before, after in
      zip(before, after).map { $1 - $0 }
    }
    let start = still.parameters.values
    #expect(start[0][count...] == start[1][count...] && start[1][count...] == start[2][count...])
    #expect(Array(start[0][..<count]) != Array(start[1][..<count]))
    for index in 0..<count {
      let sum = steps[0][index] + steps[1][index] + steps[2][index]
      for step in steps { #expect(abs(step[count + index] - sum) < 1e-5) }
    }
    #expect(steps[0].contains { abs($0) > 1e-4 })
  }

  @Test func `each picture's decoder knows which one it is`() throws {
    let still = try draw(1e-12, [5, 5, 5])
    let (first, second) = (still.picture(0).elements, still.picture(1).elements)
    #expect(zip(first, second).allSatisfy { abs($1 - $0 - 0.01) < 1e-5 })
  }
}
