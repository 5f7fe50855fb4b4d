import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// Objectives mean what arithmetic means: values, names, weights and roles of sums, products and powers.
struct ObjectiveTests {
  private let a = ActivationMaximization(layer: "dense", units: [1])
  private let b = ActivationMaximization(layer: "dense", units: [3])

  private func value(_ objective: some ObjectiveConvertible, at moment: Moment? = nil) throws
    -> Float
  {
    let network = try SmoothNetwork.unit.make()
    let evaluator = try ObjectiveEvaluator(
      network, objective, at: moment ?? Moment(iteration: 0, of: 1))
    return try evaluator.values(at: Self.picture)[0]
  }

  private static let picture = Tensor(
    shape: [1, 14, 14, 3], elements: (0..<588).map { Float($0 * 31 % 97) / 96 })

  private func activations() throws -> (a: Float, b: Float) {
    let dense = try SmoothNetwork.unit.make().evaluate(Self.picture, at: "dense")
    return (dense[0, 1], dense[0, 3])
  }

  @Test func `the value of an expression is the arithmetic of its activations`() throws {
    let (x, y) = try activations()
    let cases: [(Objective, Float)] = [
      (a + b, x + y), (a - b, x - y), (-a + 0, -x), (2 * a, 2 * x), (a * 2, 2 * x), (a / 4, x / 4),
      (a * b, x * y), (a / (5 + b), x / (5 + y)), (3 - a, 3 - x), (a + 1, x + 1),
      (a - 1, x - 1), (1 / (5 + a), 1 / (5 + x)), (pow(a, 2), x * x),
      (2 * (a + b) * b, 2 * (x + y) * y),
      ((a + b - 1) * (a - b), (x + y - 1) * (x - y)),
    ]
    for (index, (objective, expected)) in cases.enumerated() {
      let found = try value(objective)
      #expect(abs(found - expected) <= 1e-5 * max(1, abs(expected)), "case \(index)")
    }
  }

  @Test func `names and weights of sums stay, and products tell what they are of`() {
    let sum = 2 * (a + 3 * TotalVariation()) - b
    #expect(
      sum.terms.map(\.name) == [
        "ActivationMaximization", "TotalVariation", "ActivationMaximization",
      ])
    #expect(sum.terms.map(\.weight.constant) == [2, 6, -1])
    #expect(sum.terms.map(\.role) == [.objective, .prior, .objective])
    #expect((a * b).terms.map(\.name) == ["ActivationMaximization × ActivationMaximization"])
    #expect((a + b).named("both").terms.map(\.name) == ["both", "both 2"])
    #expect((a * TotalVariation()).terms.map(\.role) == [.objective])
    #expect((LpNorm() * TotalVariation()).terms.map(\.role) == [.prior])
    #expect((a + b).asPrior.terms.map(\.role) == [.prior, .prior])
    // The operands of it all are what they were.
    #expect(a.objective.terms.map(\.weight.constant) == [1])
  }

  @Test func `numbers that change from step to step scale what they stand by`() throws {
    let (x, y) = try activations()
    let ramp = Schedule.linear(from: 0, to: 1)
    let objective = a * ramp + (1 - ramp) * b
    for iteration in 0..<5 {
      let moment = Moment(iteration: iteration, of: 5)
      let share = Float(iteration) / 4
      let found = try value(objective, at: moment)
      #expect(abs(found - (share * x + (1 - share) * y)) < 1e-5)
      #expect(abs(try value((a + ramp) * b, at: moment) - (x + share) * y) < 1e-5)
    }
    #expect(Schedule.cosine(2, warmUp: 2).value(at: Moment(iteration: 0, of: 10)) == 1)
    #expect(Schedule.cosine(2, warmUp: 2).value(at: Moment(iteration: 2, of: 10)) == 2)
    #expect(Schedule.cosine(2).value(at: Moment(iteration: 5, of: 10)) == 1)
    #expect(Schedule.linear(from: 1, to: 3, over: 3).value(at: Moment(iteration: 9, of: 10)) == 3)
  }

  @Test func `what is no number is told with the term's name`() throws {
    let network = try SmoothNetwork.unit.make()
    for objective in [a / (b - b), pow(a - 100, 0.5)] {
      let error = #expect(throws: VisualizationError.self) {
        try network.visualizeActivationWithLosses(objective, preset: .smallSteps(2))
      }
      guard case .neverFinite(let reason) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(reason.contains("ActivationMaximization"))
    }
    #expect(throws: VisualizationError.self) {
      try network.visualizeActivationWithLosses(a / 0, preset: .smallSteps(2))
    }
  }

  @Test func `pictures are ranked and scored by the last step's weights`() throws {
    // At first only the second unit counts, at last only the first.
    let ramp = Schedule.linear(from: 0, to: 1)
    let network = try SmoothNetwork.unit.make()
    let drawn = try network.visualizeActivationWithLosses(
      ramp * a + (1 - ramp) * b, preset: .smallSteps(20))
    let clean = try network.evaluate(drawn.pictures, at: "dense")[0, 1]
    #expect(abs(drawn.scores[0] - clean) < 1e-5)
    #expect(drawn.history.map { $0.losses[0].weight }.last == 1)
    #expect(drawn.history[0].losses.map(\.weight) == [0, 1])
  }

  @Test func `a product of losses falls in small steps as a loss does`() throws {
    for objective in [(3 + a) * (3 + b), pow(3 + a, 2), a / (4 - b)] {
      let drawn = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
        objective, preset: .smallSteps(21))
      let totals = drawn.history.map { $0.total() }
      #expect(zip(totals, totals.dropFirst()).allSatisfy { $0 > $1 }, "\(totals)")
    }
  }
}
