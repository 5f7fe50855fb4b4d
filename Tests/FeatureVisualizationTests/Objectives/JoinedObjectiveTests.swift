import FeatureVisualization
import Testing

/// Objectives ask several networks that look at one picture, each by its own layers and labels.
struct JoinedObjectiveTests {
  private func joined() throws -> NeuralNetwork {
    var (left, right) = (try SmoothNetwork.unit.make(), try SmoothNetwork.gray.make())
    left.labels = ["apple", "pear", "plum", "fig", "date"]
    right.labels = ["fig", "plum", "pear", "date", "apple"]
    return try NeuralNetwork(joining: [JoinedNetwork("left", left), JoinedNetwork("right", right)])
  }

  @Test func `a class is raised in two networks at once`() throws {
    let objective =
      CrossEntropy(layer: "left/dense", class: "plum")
      + CrossEntropy(layer: "right/dense", class: "plum")
    let drawn = try joined().visualizeActivationWithLosses(
      objective, preset: .smallSteps(10, rate: 0.1))
    let (first, last) = (try #require(drawn.history.first), try #require(drawn.history.last))
    for term in 0..<2 {
      #expect(last.losses[term].values[0] < first.losses[term].values[0])
    }
    // The same unit of the right network has another name.
    let other = try joined().visualizeActivationWithLosses(
      CrossEntropy(layer: "right/dense", class: 1), preset: .smallSteps(1))
    #expect(abs(other.history[0].losses[0].values[0] - first.losses[1].values[0]) < 1e-5)
  }

  @Test func `two networks are made to disagree`() throws {
    let difference = ActivationDifference(
      layer: "left/softmax", to: .layer("right/softmax"), by: .meanSquare)
    let drawn = try joined().visualizeActivationWithLosses(
      -difference, preset: .smallSteps(4, rate: 0.05))
    let values = drawn.history.map { $0.losses[0].values[0] }
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 }, "\(values)")
  }
}
