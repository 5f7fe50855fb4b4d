import FeatureVisualization
import Testing

/// Recipes one after another: each goes on from where the one before ended, in numbers where it can.
struct StageTests {
  private let objective = ActivationMaximization(layer: "dense", units: [1])

  private func spectra(_ iterations: Int, _ side: Int) -> Preset {
    var recipe = Preset(
      name: "spectra", parameterization: Fourier(deviation: 0.3), optimizer: Adam(),
      iterations: iterations)
    recipe.canvas = Canvas(height: side, width: side)
    return recipe
  }

  @Test func `spectra are handed on as spectra to another size`() throws {
    let network = try SmoothNetwork.unit.make()
    var recipe = spectra(5, 9)
    let first = try network.visualizeActivationWithLosses(objective, preset: recipe)
    var second = spectra(1, 27)
    second.optimizer = GradientDescent(.constant(1e-12))
    recipe.stages = [second]
    let both = try network.visualizeActivationWithLosses(objective, preset: recipe)
    #expect(both.pictures.shape == [1, 27, 27, 3] && both.history.count == 6)
    // The same waves on a finer grid: every third pixel's centre is where one of the coarse ones was.
    let fine = both.pictures
    for y in 0..<9 {
      for x in 0..<9 {
        for channel in 0..<3 {
          #expect(
            abs(fine[0, 3 * y, 3 * x, channel] - first.pictures[0, y, x, channel]) < 1e-4)
        }
      }
    }
  }

  @Test func `pixels are handed on as pictures, and to other parameterizations`() throws {
    let network = try SmoothNetwork.unit.make()
    var recipe = Preset.smallSteps(10)
    var second = spectra(1, 14)
    second.optimizer = GradientDescent(.constant(1e-12))
    recipe.stages = [second]
    let one = try network.visualizeActivationWithLosses(objective, preset: .smallSteps(10))
    let both = try network.visualizeActivationWithLosses(objective, preset: recipe)
    #expect(largestDifference(one.pictures.elements, both.pictures.elements) < 0.011)
  }

  @Test func `moments, progress and snapshots tell the stage`() throws {
    var recipe = Preset.smallSteps(3)
    recipe.snapshots = [2]
    var second = Preset.smallSteps(4)
    second.snapshots = [0]
    recipe.stages = [second]
    var moments: [Moment] = []
    var completed: [Int] = []
    let drawn = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      objective, preset: recipe
    ) { progress in
      moments.append(progress.moment)
      completed.append(progress.completed)
      #expect(progress.total == 7)
    }
    #expect(moments.map(\.stage) == [0, 0, 0, 1, 1, 1, 1])
    #expect(moments.map(\.iteration) == [0, 1, 2, 0, 1, 2, 3])
    #expect(completed == [1, 2, 3, 4, 5, 6, 7])
    #expect(drawn.snapshots.map(\.stage) == [0, 1])
    #expect(drawn.snapshots.map(\.iteration) == [2, 0])
  }

  @Test func `a stage that cannot be is refused before the first step, also one of a stage`() throws
  {
    var impossible = Preset.smallSteps(2)
    impossible.projections = [.decay(3)]
    var middle = Preset.smallSteps(2)
    middle.stages = [impossible]
    var recipe = Preset.smallSteps(2)
    recipe.stages = [middle]
    var steps = 0
    #expect(throws: VisualizationError.self) {
      try SmoothNetwork.unit.make().visualizeActivationWithLosses(objective, preset: recipe) { _ in
        steps += 1
      }
    }
    #expect(steps == 0)
    middle.stages = [.smallSteps(3)]
    recipe.stages = [middle]
    let drawn = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      objective, preset: recipe)
    #expect(drawn.history.count == 7)
  }

  @Test func `a run goes on from another's parameters`() throws {
    let network = try SmoothNetwork.unit.make()
    let whole = try network.visualizeActivationWithLosses(objective, preset: .smallSteps(12))
    let half = try network.visualizeActivationWithLosses(objective, preset: .smallSteps(6))
    let rest = try network.visualizeActivationWithLosses(
      objective, preset: .smallSteps(6).with(\.start, .parameters(half.parameters)))
    #expect(largestDifference(whole.pictures.elements, rest.pictures.elements) < 1e-5)
    #expect(throws: VisualizationError.self) {
      try network.visualizeActivationWithLosses(
        objective, preset: .smallSteps(1).with(\.start, .parameters(half.parameters)),
        seeds: [1, 2])
    }
  }

  @Test func `what a run has optimised is decoded at its own size and at others`() throws {
    let drawn = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      objective, preset: .smallSteps(3))
    let same = try drawn.parameters.pictures(height: 14, width: 14)
    #expect(same == drawn.pictures)
    let large = try drawn.parameters.pictures(height: 20, width: 31)
    #expect(large.shape == [1, 20, 31, 3])
    #expect(throws: VisualizationError.self) {
      try drawn.parameters.pictures(height: 0, width: 4)
    }
  }
}
