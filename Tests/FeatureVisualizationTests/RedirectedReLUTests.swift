import FeatureVisualization
import Testing

/// Protects the redirected ReLU by values computed by hand: silent pictures get a gradient, all others the ordinary one.
struct RedirectedReLUTests {
  /// What reaches the inputs of an activation of two pictures.
  private func pulledBack(
    _ function: ActivationFunction, _ inputs: [[Float]], _ gradients: [[Float]],
    fused: Bool = false, at moment: Moment = Moment(iteration: 0, of: 32)
  ) throws -> [[Float]] {
    let count = inputs[0].count
    let identity = Tensor(
      shape: [count, count], elements: (0..<(count * count)).map { $0 % (count + 1) == 0 ? 1 : 0 })
    let operation: any LayerOperation =
      fused ? Dense(weights: identity, activation: function) : Activation(function)
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [NetworkInput("x", shape: [1, count], channelAxis: nil)],
      layers: [Layer("y", operation, inputs: ["x"])], outputs: ["y"])
    let shape = [inputs.count, count]
    let modifier: (any BackpropModifier)? =
      RedirectedReLU().isActive(at: moment) ? .redirectedReLU : nil
    let workspace = try Workspace(
      try Program(
        network, inputShapes: ["x": shape], taps: ["y"] as [LayerID],
        options: .init(backpropModifier: modifier)))
    workspace.setInput("x", to: Tensor(shape: shape, elements: inputs.flatMap(\.self)))
    workspace.forward()
    workspace.withTapGradient(0) { _ = $0.update(fromContentsOf: gradients.flatMap(\.self)) }
    workspace.pullback(at: moment)
    let result = workspace.inputGradient("x").elements
    return inputs.indices.map { Array(result[$0 * count..<($0 + 1) * count]) }
  }

  @Test(arguments: [false, true])
  func `only silent pictures are redirected, and only upwards`(fused: Bool) throws {
    let silent: [Float] = [-1, -2, -3, -0.5]
    let heard: [Float] = [-1, 2, -3, -0.5]
    let gradient: [Float] = [1, -1, 2, -0.5]
    #expect(
      try pulledBack(
        .relu, [silent, heard, silent], [gradient, gradient, [0, 0, -1, 0]], fused: fused)
        == [[1, 0, 2, 0], [0, -1, 0, 0], [0, 0, 0, 0]])
    // A unit that is heard, and whose gradient is 0, wakes nobody.
    #expect(try pulledBack(.relu, [heard], [[1, 0, 2, -1]], fused: fused) == [[1, 0, 2, 0]])
  }

  @Test(arguments: [false, true])
  func `beyond six only what pushes down is passed`(fused: Bool) throws {
    let flat: [Float] = [7, 8, -1, -2]
    let gradient: [Float] = [1, -1, 1, -1]
    #expect(
      try pulledBack(.relu6, [flat, [7, 8, 3, -2]], [gradient, gradient], fused: fused)
        == [[0, -1, 1, 0], [0, 0, 1, 0]])
  }

  @Test func `other activations pass the ordinary gradient`() throws {
    #expect(
      try pulledBack(.leakyReLU(slope: 0.5), [[-1, -2]], [[2, -2]]) == [[1, -1]])
    #expect(
      try pulledBack(.thresholdedReLU(threshold: 1), [[-1, 0.5]], [[2, 2]]) == [[0, 0]])
  }

  @Test func `it is active for sixteen iterations of the first stage`() throws {
    let modifier = RedirectedReLU()
    let active = (0..<40).filter { modifier.isActive(at: Moment(iteration: $0, of: 40)) }
    #expect(active == Array(0..<16))
    #expect(!modifier.isActive(at: Moment(iteration: 0, of: 40, stage: 1)))
    #expect(GuidedBackprop().isActive(at: Moment(iteration: 39, of: 40)))
    #expect(
      try pulledBack(.relu, [[-1, -1]], [[1, 1]], at: Moment(iteration: 16, of: 40)) == [[0, 0]])
  }
}
