import ConvolutionalNetworks
import FeatureVisualization
import RecipeLanguage
import Testing

/// Protects the meaning of texts: what is written is what Swift code would have made.
struct ObjectiveTextTests {
  private func expectSame(_ text: String, _ objective: some ObjectiveConvertible) throws {
    let network = try RecipeNetwork.make()
    let read = try Objective(text, in: RecipeContext(network: network))
    func histories(_ objective: Objective) throws -> [[Float]] {
      try network.visualizeActivationWithLosses(objective, iterations: 3).history.map(\.objectives)
    }
    #expect(try histories(read) == histories(objective.objective), "\(text)")
    #expect(read.terms.map(\.name) == objective.objective.terms.map(\.name))
    #expect(read.terms.map(\.role) == objective.objective.terms.map(\.role))
  }

  @Test func `units are named by number, label, range and list`() throws {
    try expectSame("channel(conv1, 3)", ActivationMaximization(layer: "conv1", units: 3))
    try expectSame("channel(conv1)", ActivationMaximization(layer: "conv1"))
    try expectSame("channel(scores, lion)", ActivationMaximization(layer: "scores", units: "lion"))
    try expectSame(
      "channel(scores, [zebra, \"tiger cat\"])",
      ActivationMaximization(layer: "scores", units: ["zebra", "tiger cat"]))
    try expectSame(
      "channel(-1, 0..<2)", ActivationMaximization(layer: -1, units: [0, 1]))
    try expectSame(
      "channel(layer: conv1, units: [0...1, 4], border: 2)",
      ActivationMaximization(layer: "conv1", units: [0, 1, 4], border: 2))
  }

  @Test func `heads and tokens are parts of a layer`() throws {
    func part(_ text: String) throws -> AttentionPart? {
      (try Objective(text).terms[0].loss as? ActivationMaximization)?.part
    }
    #expect(try part("channel(a, head: 3, heads: 12)") == .head(3, of: 12))
    #expect(try part("channel(a, head: 3, tokens: 1...)") == .head(3).tokens(1...))
    #expect(try part("channel(a, tokens: 0...4)") == .tokens(0..<5))
  }

  @Test func `layers may be called as networks call them`() throws {
    try expectSame(
      "channel(block_2/conv-2.out, 1)",
      ActivationMaximization(layer: "block_2/conv-2.out", units: 1))
    try expectSame(
      "channel('block_2/conv-2.out', 1)",
      ActivationMaximization(layer: "block_2/conv-2.out", units: 1))
    try expectSame("channel(17, 1)", ActivationMaximization(layer: "17", units: 1))
  }

  @Test func `positions are rows and columns, or the center`() throws {
    try expectSame(
      "channel(conv1, 3, at: [2, 4])",
      ActivationMaximization(layer: "conv1", units: 3, at: .cell(row: 2, column: 4)))
    try expectSame(
      "neuron(conv1, 3)", ActivationMaximization(layer: "conv1", units: 3, at: .center))
  }

  @Test func `sums, products, powers and schedules are those of the API`() throws {
    let a = ActivationMaximization(layer: "conv1", units: 0)
    let b = ActivationMaximization(layer: "scores", units: 1)
    try expectSame("channel(conv1, 0) - 0.5 * channel(scores, 1)", a - 0.5 * b)
    try expectSame("channel(conv1,0)*channel(scores,1)", a * b)
    try expectSame("-channel(conv1, 0) / 4 + 2^3", -a / 4 + 8)
    try expectSame("(channel(conv1, 0) + 1)^2", pow(a + 1, 2))
    try expectSame("2*(channel(conv1, 0) - channel(scores, 1))", 2 * (a - b))
    try expectSame("linear(0, 1) * channel(conv1, 0)", Schedule.linear(from: 0, to: 1) * a)
    try expectSame(
      "(1 - linear(0, 1, over: 2)) * channel(conv1, 0)",
      Schedule { 1 - Schedule.linear(from: 0, to: 1, over: 2).value(at: $0) } * a)
  }

  @Test func `what pulls at the picture is a prior in a text too`() throws {
    try expectSame(
      "channel(conv1, 0) + 1e-4 * total-variation(beta: 1)",
      ActivationMaximization(layer: "conv1", units: 0) + 1e-4 * TotalVariation(beta: 1))
  }

  @Test func `an empty text raises nothing`() throws {
    #expect(try Objective(" ").terms.isEmpty)
  }
}
