import FeatureVisualization
import Testing

/// Octaves: the photo grows, what was drawn grows with it, and the photo's detail comes back.
struct OctaveTests {
  private func photo(_ height: Int, _ width: Int) -> Tensor {
    var generator = SeededGenerator(seed: 4)
    return Tensor(
      shape: [1, height, width, 3],
      elements: (0..<height * width * 3).map { _ in 0.2 + 0.6 * Float(generator.uniform()) })
  }

  private func recipe(_ rate: Float) -> Preset {
    var recipe = Preset.smallSteps(3, rate: rate)
    recipe.canvas = Canvas(height: 1, width: 1)
    return recipe
  }

  private let objective = ActivationMaximization(layer: "dense", units: [1])

  @Test func `the photo itself comes back from steps that change nothing`() throws {
    let photo = photo(29, 23)
    let dream = try recipe(1e-12).octaves(of: photo, count: 4)
    let drawn = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      objective, preset: dream)
    #expect(drawn.history.count == 12)
    #expect(largestDifference(drawn.pictures.elements, photo.elements) < 1e-5)
  }

  @Test func `octaves are the photo's sides over powers of the factor`() throws {
    let dream = try Preset.smallSteps(1).octaves(of: photo(100, 60), count: 3, factor: 2)
    let sizes = [dream.size] + dream.stages.map(\.size)
    #expect(
      sizes == [
        InputSize(height: 25, width: 15), InputSize(height: 50, width: 30),
        InputSize(height: 100, width: 60),
      ])
    #expect(dream.stages.allSatisfy { $0.stages.isEmpty && $0.iterations == 1 })
  }

  @Test func `what is drawn on a small octave is in the large one, enlarged`() throws {
    let photo = photo(28, 28)
    var dream = try recipe(0.5).octaves(of: photo, count: 2, factor: 2)
    dream.stages[0].optimizer = GradientDescent(.constant(1e-12))
    dream.snapshots = [2]
    let network = try SmoothNetwork.unit.make()
    let drawn = try network.visualizeActivationWithLosses(objective, preset: dream)
    var first = try recipe(0.5).octaves(of: photo, count: 2, factor: 2)
    first.stages = []
    let small = try network.visualizeActivationWithLosses(objective, preset: first)
    #expect(small.pictures.shape == [1, 14, 14, 3])
    // Means of 2 × 2: those of the photo are its small octave, and enlarging by 2 keeps them within the gradient's curvature.
    let (start, end) = (photo, drawn.pictures)
    var (products, squares, others) = (0.0, 0.0, 0.0)
    for y in 0..<14 {
      for x in 0..<14 {
        for channel in 0..<3 {
          func mean(_ picture: Tensor) -> Double {
            Double(
              picture[0, 2 * y, 2 * x, channel] + picture[0, 2 * y + 1, 2 * x, channel]
                + picture[0, 2 * y, 2 * x + 1, channel]
                + picture[0, 2 * y + 1, 2 * x + 1, channel]) / 4
          }
          let detail = Double(small.pictures[0, y, x, channel]) - mean(start)
          let found = mean(end) - mean(start)
          products += detail * found
          squares += detail * detail
          others += found * found
        }
      }
    }
    #expect(squares > 1e-3 && products / (squares * others).squareRoot() > 0.9)
  }

  @Test func `a network of any size sees whole octaves`() throws {
    let dream = try Preset.smallSteps(2, rate: 0.2).octaves(of: photo(25, 18), count: 3)
    let drawn = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      ActivationMaximization(layer: "conv2", units: [1]), preset: dream)
    #expect(drawn.pictures.shape == [1, 25, 18, 3])
    #expect(drawn.history.count == 6)
    #expect(drawn.history[5].objectives[0] > drawn.history[4].objectives[0])
  }

  @Test func `octaves that cannot be are refused`() throws {
    let preset = Preset.smallSteps(1)
    for (photo, count, factor) in [
      (photo(8, 8), 0, 1.4), (photo(8, 8), 65, 1.4), (photo(8, 8), 4, 1.0), (photo(8, 8), 4, .nan),
      (photo(8, 8), 4, 17),
      (Tensor(shape: [8, 8, 3], elements: Array(repeating: 0, count: 192)), 4, 1.4),
    ] as [(Tensor, Int, Double)] {
      #expect(throws: VisualizationError.self) {
        try preset.octaves(of: photo, count: count, factor: factor)
      }
    }
    // A dense layer wants its one size.
    #expect(throws: VisualizationError.self) {
      try SmoothNetwork.unit.make().visualizeActivationWithLosses(
        objective, preset: preset.octaves(of: photo(25, 18), count: 2))
    }
    // Pixels out of range are told before the first step.
    #expect(throws: VisualizationError.self) {
      try SmoothNetwork.unit.make().visualizeActivationWithLosses(
        objective,
        preset: recipe(1).octaves(
          of: Tensor(shape: [1, 4, 4, 3], elements: Array(repeating: 200, count: 48)), count: 2))
    }
  }
}
