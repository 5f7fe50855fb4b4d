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
    #expect(passes.pictures == halves.pictures)
    #expect(passes.pictures == batch.pictures)
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

  /// Protects recipes whose number of views is changed, and the same pictures on machines with less memory.
  @Test func `as many views go through the network at once as can`() throws {
    let jitter: [any InputModifier] = [.jitter(3)]
    for views in [2, 3] {
      let passes = try draw(recipe(views, 1), jitter)
      #expect(try draw(recipe(views, 4), jitter).pictures == passes.pictures)
      #expect(try draw(recipe(views, 2), jitter).pictures == passes.pictures)
    }
    func least(_ views: Int) -> Int {
      var (low, high) = (1, 1 << 24)
      while low < high {
        let middle = (low + high) / 2
        let recipe = recipe(4, views, 1).with(\.memoryLimit, middle)
        if (try? draw(recipe, jitter)) == nil { low = middle + 1 } else { high = middle }
      }
      return low
    }
    // What is enough for one view is enough for recipes that would show four.
    #expect(least(4) == least(1))
    let narrow = try draw(recipe(4, 4).with(\.memoryLimit, least(1)), jitter)
    #expect(try narrow.pictures == draw(recipe(4, 4), jitter).pictures)
  }

  @Test func `a loss of the whole batch is shown one view at once`() throws {
    let coupled = DerivedLoss(
      "Coupled",
      minimizing: TensorExpression.layer("dense").mean(over: .pictures).sum().dividedAmongPictures()
    )
    let jitter: [any InputModifier] = [.jitter(3)]
    #expect(
      try draw(recipe(2, 2), jitter, coupled.objective).pictures
        == draw(recipe(2, 1), jitter, coupled.objective).pictures)
  }

  @Test func `views that cannot be are refused`() throws {
    for (views, atOnce) in [(0, 1), (5000, 1), (2, 0)] {
      #expect(throws: VisualizationError.self) { try draw(recipe(views, atOnce), []) }
    }
  }
}
