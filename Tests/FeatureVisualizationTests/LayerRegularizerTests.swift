import FeatureVisualization
import Testing

/// A regularizer that looks at a layer pulls at the picture as one that looks at pixels does.
struct LayerRegularizerTests {
  /// Σ x² of a layer as a regularizer.
  private struct EnergyRegularizer: Regularizer {
    var name: String { "Energy" }
    var subjects: [LossSubject] { [.layer("conv2")] }
    func values(_ tensors: TappedTensors) -> [Float] {
      SumOfSquares(layer: "conv2").values(tensors)
    }

    func addGradients(
      of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
    ) {
      SumOfSquares(layer: "conv2").addGradients(of: tensors, scales: scales, to: &gradients)
    }
  }

  private static let objective = 1 * ActivationMaximization(layer: "dense", units: [2])

  @Test(arguments: [[], [.jitter(2), .randomScale([0.9, 1.1])]] as [[any InputModifier]])
  func `it draws what the same loss draws`(modifiers: [any InputModifier]) throws {
    let network = try SmoothNetwork.unit.make()
    func draw(_ regularizer: Objective, _ iterations: Int) throws -> Visualization {
      try network.visualizeActivationWithLosses(
        Self.objective + regularizer,
        preset: .smallSteps(iterations).with(\.inputModifiers, modifiers), seeds: [1, 2])
    }
    let loss = try draw(0.5 * SumOfSquares(layer: "conv2"), 8)
    let regularizer = try draw(0.5 * EnergyRegularizer(), 8)
    let without = try draw(0 * SumOfSquares(layer: "conv2"), 8)
    #expect(
      largestDifference(
        loss.history[7].losses[1].values, regularizer.history[7].losses[1].values) < 1e-3)
    #expect(
      largestDifference(
        loss.history[7].losses[1].values, without.history[7].losses[1].values) > 1e-2)
  }

  @Test func `a gradient modifier does not turn it round`() throws {
    let network = try SmoothNetwork.unit.make()
    let visualization = try network.visualizeActivationWithLosses(
      0 * ActivationMaximization(layer: "dense", units: [2]) + 1 * EnergyRegularizer(),
      preset: .smallSteps(10).with(\.gradModifier, .negate))
    let energies = visualization.history.map { $0.losses[1].values[0] }
    #expect(zip(energies, energies.dropFirst()).allSatisfy { $0 > $1 }, "\(energies)")
  }
}
