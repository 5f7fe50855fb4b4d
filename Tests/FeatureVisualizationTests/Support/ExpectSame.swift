import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// Expects losses that say what they read to draw what losses do that read everything.
func expectSame(
  _ losses: some ObjectiveConvertible, _ whole: some ObjectiveConvertible, seeds: [UInt64] = [3]
) throws {
  let network = try SmoothNetwork.unit.make()
  let some = try network.visualizeActivationWithLosses(
    losses, preset: .smallSteps(6), seeds: seeds)
  let all = try network.visualizeActivationWithLosses(whole, preset: .smallSteps(6), seeds: seeds)
  #expect(largestDifference(some.pictures.elements, all.pictures.elements) <= 1e-5)
  #expect(largestDifference(some.scores, all.scores) <= 1e-4)
  #expect(some.warnings == all.warnings)
  for (left, right) in zip(some.history, all.history) {
    for (left, right) in zip(left.losses, right.losses) {
      #expect(largestDifference(left.values, right.values) <= 1e-4)
    }
  }
}
