import FeatureVisualization
import Testing

/// Several views of a picture in one step: averaged, in passes or at once, each with draws of its own.
struct ViewTests {
  private func recipe(_ views: Int, _ atOnce: Int, _ iterations: Int = 5) -> Preset {
    var recipe = Preset.smallSteps(iterations)
    recipe.views = views
    recipe.viewsAtOnce = atOnce
    return recipe
  }

  private func draw(
    _ recipe: Preset, _ modifiers: [any InputModifier], seeds: [UInt64] = [1, 2],
    _ objective: Objective = ActivationMaximization(layer: "dense", eachOf: [[1], [3]]).objective
  ) throws -> Visualization {
    try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      objective, preset: recipe.with(\.inputModifiers, modifiers), seeds: seeds)
  }

  @Test func `views that show the same thing draw what one view draws`() throws {
    let one = try draw(recipe(1, 1), [])
    for (views, atOnce) in [(2, 1), (2, 2), (4, 2)] {
      let several = try draw(recipe(views, atOnce), [])
      #expect(largestDifference(one.pictures.elements, several.pictures.elements) < 1e-5)
      #expect(largestDifference(one.scores, several.scores) < 1e-4)
    }
  }

  @Test func `in passes and at once, views draw the same`() throws {
    let passes = try draw(recipe(6, 1), [.jitter(3), .randomScale([0.9, 1.1])])
    let halves = try draw(recipe(6, 3), [.jitter(3), .randomScale([0.9, 1.1])])
    let batch = try draw(recipe(6, 6), [.jitter(3), .randomScale([0.9, 1.1])])
    #expect(largestDifference(passes.pictures.elements, halves.pictures.elements) < 1e-4)
    #expect(largestDifference(passes.pictures.elements, batch.pictures.elements) < 1e-4)
    let one = try draw(recipe(1, 1), [.jitter(3), .randomScale([0.9, 1.1])])
    #expect(largestDifference(passes.pictures.elements, one.pictures.elements) > 1e-3)
  }

  @Test func `a view's draws do not depend on the batch`() throws {
    let together = try draw(recipe(4, 2), [.jitter(3)])
    let alone = try draw(
      recipe(4, 2), [.jitter(3)], seeds: [2],
      ActivationMaximization(layer: "dense", units: [3]).objective)
    #expect(largestDifference(together.picture(1).elements, alone.pictures.elements) < 1e-5)
  }

  /// Protects the first view's stream, which is that of pictures that are seen once.
  @Test func `the objective of a step is the mean over its views`() throws {
    let two = try draw(recipe(2, 1, 1), [.jitter(3)])
    let first = try draw(recipe(1, 1, 1), [.jitter(3)])
    let three = try draw(recipe(3, 1, 1), [.jitter(3)])
    // Means of two and of three share their first two views: m₃ = (2 m₂ + v₃) / 3, with v₃ another draw.
    #expect(two.history[0].objectives != first.history[0].objectives)
    #expect(three.history[0].objectives != two.history[0].objectives)
  }

  @Test func `views that cannot be are refused`() throws {
    for (views, atOnce) in [(0, 1), (3, 2), (2, 4), (5000, 1), (2, 0)] {
      #expect(throws: VisualizationError.self) { try draw(recipe(views, atOnce), []) }
    }
    let coupled = DerivedLoss(
      "Coupled",
      minimizing: TensorExpression.layer("dense").mean(over: .pictures).sum().dividedAmongPictures()
    )
    #expect(throws: VisualizationError.self) { try draw(recipe(2, 2), [], coupled.objective) }
    #expect(throws: Never.self) { try draw(recipe(2, 1), [], coupled.objective) }
  }
}
