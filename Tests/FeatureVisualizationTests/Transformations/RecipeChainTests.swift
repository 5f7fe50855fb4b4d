import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// The peers' chains draw on pictures of any size, and their numbers are the peers'.
struct RecipeChainTests {
  private static let chains: [(name: String, chain: [any InputModifier])] = [
    ("lucid", .lucid), ("lucidStrong", .lucidStrong), ("captum", .captum),
    ("captumRobust", .captumRobust), ("tfKerasVis", .tfKerasVis), ("xplique", .xplique),
    ("maco", .maco), ("horama", .horama), ("accentuation", .accentuation),
    ("torchDreams", .torchDreams), ("deepInversion", .deepInversion), ("colorShift", .colorShift),
  ]

  /// A chain as one modifier.
  private struct Chain: InputModifier {
    let modifiers: [any InputModifier]
    var name: String { "Chain" }
    func draw(
      for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
    ) -> (any PictureTransformation)? {
      var (drawn, current): ([any PictureTransformation], PictureSize) = ([], size)
      for modifier in modifiers {
        guard
          let next = modifier.draw(for: current, seenAs: size, at: moment, using: &generator)
        else { continue }
        drawn.append(next)
        current = next.outputSize
      }
      return drawn.isEmpty ? nil : Composition(inputSize: size, parts: drawn)
    }
  }

  /// Transformations one after another.
  private struct Composition: PictureTransformation {
    let inputSize: PictureSize
    let parts: [any PictureTransformation]
    var outputSize: PictureSize { parts[parts.count - 1].outputSize }

    private func stages(_ input: Span<Float>) -> [[Float]] {
      var stages = [input.indices.map { input[$0] }]
      for part in parts { stages.append(part.transformed(stages[stages.count - 1])) }
      return stages
    }

    func apply(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
      let result = stages(input)[parts.count]
      for index in output.indices { output[index] = result[index] }
    }

    func pullback(
      _ outputGradient: Span<Float>, at input: Span<Float>,
      addingTo inputGradient: inout MutableSpan<Float>
    ) {
      let stages = stages(input)
      var gradient = outputGradient.indices.map { outputGradient[$0] }
      for (index, part) in parts.enumerated().reversed() {
        let (stage, above) = (stages[index], gradient)
        var below = [Float](repeating: 0, count: stage.count)
        var span = below.mutableSpan
        part.pullback(above.span, at: stage.span, addingTo: &span)
        gradient = below
      }
      for index in inputGradient.indices { inputGradient[index] += gradient[index] }
    }
  }

  @Test(arguments: chains.map(\.name))
  func `a chain has the exact adjoint`(name: String) throws {
    let chain = try #require(Self.chains.first { $0.name == name }?.chain)
    let size = PictureSize(height: 13, width: 10)
    let report = try GradientCheck.check(Chain(modifiers: chain), size: size, drawCount: 2)
    #expect(report.largestError < 1e-3)
  }

  // Boxes that change from step to step, as MACO's, and noise are those of the first: steps can be compared.
  @Test(arguments: chains.map(\.name))
  func `three steps raise the objective under a chain, by a seed and by another`(
    name: String
  ) throws {
    let chain = try #require(Self.chains.first { $0.name == name }?.chain)
    let network = try SmoothNetwork.unit.make()
    func draw(_ seed: UInt64) throws -> Visualization {
      try network.visualizeActivation(
        of: "dense", units: [1],
        preset: .smallSteps(4, rate: 0.4).with(
          \.inputModifiers, chain.map { FixedDraw(modifier: $0) }),
        seed: seed)
    }
    let drawn = try draw(1)
    let objectives = drawn.history.map { $0.objectives[0] }
    #expect(objectives[3] > objectives[0], "\(objectives)")
    #expect(drawn.pictures == (try draw(1)).pictures)
    #expect(drawn.pictures != (try draw(2)).pictures)
  }

  @Test func `Xplique's windows are three eighths of the canvas, whatever its size`() {
    for side in [64, 512, 1000] {
      var current = PictureSize(height: side, width: side)
      var generator = SeededGenerator(seed: 1)
      for modifier in [any InputModifier].xplique {
        let drawn = modifier.draw(
          for: current, at: Moment(iteration: 0, of: 1), using: &generator)
        current = drawn?.outputSize ?? current
      }
      // 8/16 · 0.92…0.96, less 2/16.
      #expect((0.31...0.38).contains(Double(current.height) / Double(side)), "\(current)")
    }
  }

  @Test func `captum's shifts reach sixteen pixels each way`() throws {
    let size = PictureSize(height: 40, width: 40, channels: 1)
    var picture = [Float](repeating: 0, count: size.count)
    picture[20 * 40 + 20] = 1
    var rows: Set<Int> = []
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<1500 {
      var (shown, current) = (picture, size)
      for modifier in [any InputModifier].captum.dropFirst() {
        let drawn = try #require(
          modifier.draw(for: current, at: Moment(iteration: 0, of: 1), using: &generator))
        (shown, current) = (drawn.transformed(shown), drawn.outputSize)
      }
      #expect(current == size)
      rows.formUnion(shown.indices.filter { shown[$0] == 1 }.map { $0 / 40 - 20 })
    }
    #expect(rows.isSuperset(of: -16...16))
  }
}
