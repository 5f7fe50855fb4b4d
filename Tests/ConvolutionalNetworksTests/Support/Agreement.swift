import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Expects that a program agrees with the interpreter: every tap, and the gradient of every input for random
/// gradients of the taps.
///
/// - Parameter tolerance: of the taps' largest relative error and of the gradients' relative L2 distance.
func expectAgreement(
  _ network: NeuralNetwork, _ inputs: [String: DoubleTensor], taps: [LayerID],
  tolerance: Double = 1e-5, rule: GradientRule = .plain,
  modifier: (any BackpropModifier)? = nil, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let program = try Program(
    network, inputShapes: inputs.mapValues(\.shape), taps: taps,
    options: .init(backpropModifier: modifier))
  var tensors = SeededTensors(seed: 11)
  let seeds = program.taps.map { tensors.uniform($0.shape) }
  let run = try EngineRun(Workspace(program), inputs, seeds: seeds)
  let reference = try ReferenceInterpreter(network).evaluate(inputs, taps: taps)

  for (index, tap) in taps.enumerated() {
    let expected = try reference.value(of: tap)
    #expect(
      program.taps[index].shape == expected.shape, "tap \(tap)", sourceLocation: sourceLocation)
    guard program.taps[index].shape == expected.shape else { return }
    let error = DoubleTensor(run.taps[index]).largestRelativeError(from: expected)
    #expect(error <= tolerance, "tap \(tap)", sourceLocation: sourceLocation)
  }
  let gradients = Dictionary(uniqueKeysWithValues: zip(taps, seeds))
  for name in inputs.keys.sorted() {
    let expected = try reference.gradient(of: gradients, withRespectTo: name, rule: rule)
    guard let gradient = run.gradients[name] else { continue }
    let error = DoubleTensor(gradient).relativeL2Error(from: expected)
    #expect(error <= tolerance, "gradient of \(name)", sourceLocation: sourceLocation)
  }
}
