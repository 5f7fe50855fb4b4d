import FeatureVisualization
import Testing

/// A backprop modifier that is active for a while changes those steps and no others.
struct BackpropMomentTests {
  /// Lets nothing pass before an iteration.
  private struct Blocked: ElementwiseBackprop {
    let until: Int
    func isActive(at moment: Moment) -> Bool { moment.iteration < until }
    func pullback(_ gradient: Float, at point: ActivationPoint) -> Float { 0 }
  }

  @Test func `steps before and after follow the gradient of their moment`() throws {
    let network = try SmoothNetwork.unit.make()
    let unit = ActivationMaximization(layer: "dense", units: [1])
    let drawn = try network.visualizeActivationWithLosses(
      unit, preset: .smallSteps(8).with(\.backpropModifier, Blocked(until: 3)))
    let plain = try network.visualizeActivationWithLosses(unit, preset: .smallSteps(5))
    let objectives = drawn.history.map { $0.objectives[0] }
    #expect(objectives[0] == objectives[3])
    #expect(
      largestDifference(
        Array(objectives[3...]), plain.history.map { $0.objectives[0] }) < 1e-5)
  }
}
