import FeatureVisualization
import Testing

/// Guided and rectified backpropagation let pass what raises the objective, not what lowers it.
struct GuidedDirectionTests {
  /// Two convolutions with ReLU of positive weights: every gradient of a unit is positive, so that none is gated.
  private func positive() throws -> NeuralNetwork {
    func weights(_ shape: [Int]) -> Tensor {
      let count = shape.reduce(1, *)
      return Tensor(
        shape: shape, elements: (0..<count).map { 0.05 + 0.01 * Float($0 * 7 % 13) })
    }
    return try NeuralNetwork(
      layout: .channelsLast,
      inputs: [
        NetworkInput(
          "x", shape: [1, 8, 8, 3], channelAxis: 3, specification: InputSpecification())
      ],
      layers: [
        Layer("a", Convolution(weights: weights([5, 3, 3, 3]), activation: .relu), inputs: ["x"]),
        Layer("b", Convolution(weights: weights([2, 3, 3, 5]), activation: .relu), inputs: ["a"]),
      ], outputs: ["b"])
  }

  /// The objective's gradient at the first step.
  private func firstGradient(
    _ loss: Objective, _ modifier: (any BackpropModifier)?
  ) throws -> [Float] {
    let recorder = GradientRecorder()
    _ = try positive().visualizeActivationWithLosses(
      [loss],
      preset: .smallSteps(1).with(\.gradModifier, recorder).with(\.backpropModifier, modifier))
    return try #require(recorder.gradients.first)
  }

  @Test(arguments: [.guided, RectifiedBackprop()] as [any BackpropModifier])
  func `on positive weights a gated gradient is the plain one`(modifier: any BackpropModifier)
    throws
  {
    let loss = 1 * ActivationMaximization(layer: "b", units: [1])
    let plain = try firstGradient(loss, nil)
    let gated = try firstGradient(loss, modifier)
    let largest = try #require(plain.max())
    #expect(try #require(plain.min()) > 0)
    #expect(largestDifference(plain, gated) <= 1e-6 * largest)
  }

  @Test func `what is to be lowered passes nothing through positive weights`() throws {
    let gated = try firstGradient(-ActivationMaximization(layer: "b", units: [1]), .guided)
    #expect(gated.allSatisfy { $0 == 0 })
  }

  @Test func `a visualization gates as a program does whose tap's gradient is 1`() throws {
    let network = try SmoothNetwork.unit.make()
    let recorder = GradientRecorder()
    let picture = Tensor(
      shape: [1, 14, 14, 3], elements: (0..<588).map { Float($0 * 31 % 97) / 97 })
    _ = try network.visualizeActivationWithLosses(
      [1 * ActivationMaximization(layer: "dense", units: [3])],
      preset: .smallSteps(1).with(\.start, .picture(picture)).with(\.gradModifier, recorder).with(
        \.backpropModifier, .guided))
    let program = try Program(
      network, inputShapes: ["input": picture.shape], taps: ["dense"],
      options: .init(backpropModifier: .guided))
    let workspace = try Workspace(program)
    workspace.setInput("input", to: picture)
    workspace.forward()
    workspace.clearTapGradients()
    workspace.withTapGradient(0) { $0[3] = 1 }
    workspace.pullback()
    let expected = workspace.inputGradient("input").elements
    #expect(expected.contains { $0 != 0 })
    #expect(largestDifference(try #require(recorder.gradients.first), expected) < 1e-6)
  }
}
