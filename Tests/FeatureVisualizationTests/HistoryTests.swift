import FeatureVisualization
import Testing

/// Every loss is counted and named; where two have one name, neither overwrites the other.
struct HistoryTests {
  private let objective = 1 * ActivationMaximization(layer: "dense", units: [1])

  @Test func `two regularizers of one type both count and have names of their own`() throws {
    let network = try SmoothNetwork.unit.make()
    func draw(_ regularizers: some ObjectiveConvertible) throws -> Visualization {
      try network.visualizeActivationWithLosses(objective + regularizers, preset: .smallSteps(6))
    }
    let variation = TotalVariation(space: .unit)
    let two = try draw(3 * variation + 1 * variation)
    let once = try draw([4 * variation])
    let less = try draw([3 * variation])
    #expect(
      two.history[0].losses.map(\.name) == [
        "ActivationMaximization", "TotalVariation", "TotalVariation 2",
      ])
    #expect(two.history[0].losses.map(\.weight) == [1, 3, 1])
    #expect(largestDifference(two.pictures.elements, once.pictures.elements) < 1e-5)
    #expect(largestDifference(two.pictures.elements, less.pictures.elements) > 1e-5)
  }

  @Test func `the objective is minus the weighted sum of all that is no regularizer`() throws {
    let network = try SmoothNetwork.unit.make()
    let visualization = try network.visualizeActivationWithLosses(
      2 * ActivationMaximization(layer: "dense", units: [1]) + 10 * TotalVariation()
        + (-ActivationMaximization(layer: "conv2", units: [0])), preset: .smallSteps(3))
    for record in visualization.history {
      let (dense, map) = (record.losses[0].values[0], record.losses[2].values[0])
      #expect(abs(record.objectives[0] - (-2 * dense + map)) < 1e-5)
    }
    #expect(visualization.history.map(\.iteration) == [0, 1, 2])
  }

  @Test func `presets add their regularizers to the units, and lists are taken as they are`() throws
  {
    let network = try SmoothNetwork.unit.make()
    let simple = try network.visualizeActivation(
      of: "dense", units: [1], preset: .kerasVis, iterations: 1)
    #expect(
      simple.history[0].losses.map(\.name) == [
        "ActivationMaximization", "LpNorm", "TotalVariation",
      ])
    let list = try network.visualizeActivationWithLosses(
      [objective], preset: .kerasVis, iterations: 1)
    #expect(list.history[0].losses.count == 1)
  }

  @Test func `weights compose as numbers do`() {
    let loss = LpNorm()
    func weights(_ objective: Objective) -> [Float?] { objective.terms.map(\.weight.constant) }
    #expect(weights(2 * (3 * loss)) == [6])
    #expect(weights(-(2 * loss)) == [-2])
    #expect(weights(-loss) == [-1])
    #expect(weights(1 * loss + 2 * loss + 3 * loss) == [1, 2, 3])
    #expect(weights(loss - 0.5 * loss) == [1, -0.5])
    #expect(weights((loss + 2 * loss) / 4) == [0.25, 0.5])
  }
}
