import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects how the interpreter walks a graph: branches, several inputs and outputs, taps, errors.
@Suite struct NetworkEvaluationTests {
  /// Every value of this network but the constant is read more than once, or is one of several outputs.
  private static func branchingNetwork(_ layout: TensorLayout) throws -> NeuralNetwork {
    var source = SeededTensors(seed: 3)
    let channels = layout.channelAxis(rank: 4)
    return try NeuralNetwork(
      layout: layout,
      inputs: [
        NetworkInput("a", shape: [nil, nil, nil, nil], channelAxis: channels),
        NetworkInput("b", shape: [nil, nil, nil, nil], channelAxis: channels),
      ],
      layers: [
        Layer("product", Arithmetic(.multiply), inputs: ["a", "b"]),
        Layer("square", Arithmetic(.multiply), inputs: ["product", "product"]),
        Layer("sum", Arithmetic(.add), inputs: ["square", "a"]),
        Layer(
          "parts", Split(axis: channels, sizes: [1, 2]), inputs: ["sum"], outputs: ["p", "q"]),
        Layer(
          "convolution",
          Convolution(
            weights: source.weights(2, 2, 2, 2), bias: source.weights(2), padding: .sameUpper,
            activation: .silu), inputs: ["q"]),
        Layer("weights", Constant(source.weights(1)), inputs: []),
        Layer("weighted", Arithmetic(.divide), inputs: ["convolution", "weights"]),
        Layer("residual", Arithmetic(.subtract), inputs: ["weighted", "q"]),
        Layer("softmax", Activation(.softmax(axis: channels)), inputs: ["residual"]),
      ], outputs: ["softmax"])
  }

  @Test(arguments: [TensorLayout.channelsFirst, .channelsLast])
  func gradientsOfBranchesAddUp(_ layout: TensorLayout) throws {
    let interpreter = ReferenceInterpreter(try Self.branchingNetwork(layout))
    var source = SeededTensors(seed: 4)
    let inputs = ["a": source.uniform([2, 3, 2, 3]), "b": source.uniform([2, 3, 2, 3])]
    let taps: [LayerID] = ["softmax", "residual", "square", "q"]
    let evaluation = try interpreter.evaluate(inputs, taps: taps)
    var seeds: [LayerID: DoubleTensor] = [:]
    for tap in taps { seeds[tap] = source.uniform(try evaluation.value(of: tap).shape) }
    for (name, point) in inputs {
      let gradient = try evaluation.gradient(of: seeds, withRespectTo: name)
      let expected = try CentralDifferences().gradient(at: point) { moved in
        var inputs = inputs
        inputs[name] = moved
        let evaluation = try interpreter.evaluate(inputs, taps: taps)
        return try seeds.reduce(0) { sum, seed in
          let value = try evaluation.value(of: seed.key)
          return sum + zip(value.elements, seed.value.elements).reduce(0) { $0 + $1.0 * $1.1 }
        }
      }
      #expect(gradient.relativeL2Error(from: expected) < 1e-8)
    }
  }

  @Test func onlyWhatTapsDependOnIsEvaluated() throws {
    let network = try Self.branchingNetwork(.channelsFirst)
    let input = DoubleTensor(shape: [1, 2, 2, 3], repeating: 1)
    let evaluation = try ReferenceInterpreter(network).evaluate(
      ["a": input, "b": input], taps: ["q"])
    #expect(try evaluation.value(of: "sum").elements == Array(repeating: 2, count: 12))
    #expect(throws: VisualizationError.missingInput(name: "softmax")) {
      try evaluation.value(of: "softmax")
    }
  }

  @Test func anInputThatNothingReachesHasNoGradient() throws {
    let network = try NeuralNetwork(
      layout: .channelsLast,
      inputs: ["used", "unused"].map { NetworkInput($0, shape: [nil], channelAxis: nil) },
      layers: [Layer("relu", Activation(.relu), inputs: ["used"])], outputs: ["relu"])
    let one = DoubleTensor(shape: [1], elements: [1])
    let evaluation = try ReferenceInterpreter(network)
      .evaluate(["used": one, "unused": one], taps: ["relu"])
    #expect(try evaluation.gradient(of: ["relu": one], withRespectTo: "unused").elements == [0])
    #expect(try evaluation.gradient(of: ["relu": one], withRespectTo: "used").elements == [1])
  }

  /// Shape arithmetic is evaluated with the shapes at hand, not those of the file.
  @Test func shapeExpressionsSeeTheInput() throws {
    let expression = ShapeExpression.apply(
      Concatenation(axis: 0), [.shape(of: "x", start: 0, end: 1), .constant([-1])], .integer)
    let single = try NeuralNetwork(
      layout: .channelsFirst, inputs: [NetworkInput("x", shape: [1, 2, 2], channelAxis: nil)],
      layers: [Layer("rows", Reshape(to: expression), inputs: ["x"])], outputs: ["rows"])
    let evaluation = try ReferenceInterpreter(single)
      .evaluate(["x": DoubleTensor(shape: [3, 2, 2])], taps: ["rows"])
    #expect(try evaluation.value(of: "rows").shape == [3, 4])
  }

  @Test func mistakesAreNamed() throws {
    let network = try Self.branchingNetwork(.channelsFirst)
    let interpreter = ReferenceInterpreter(network)
    let input = DoubleTensor(shape: [1, 2, 2, 3])
    #expect(throws: VisualizationError.unknownLayer("sotfmax", nearest: ["softmax"])) {
      try interpreter.evaluate(["a": input, "b": input], taps: ["sotfmax"])
    }
    #expect(throws: VisualizationError.missingInput(name: "b")) {
      try interpreter.evaluate(["a": input], taps: ["softmax"])
    }
    #expect(throws: VisualizationError.self) {
      try interpreter.evaluate(
        ["a": input, "b": DoubleTensor(shape: [1, 2, 2, 4])], taps: ["softmax"])
    }
    let evaluation = try interpreter.evaluate(["a": input, "b": input], taps: ["softmax"])
    let wrong = DoubleTensor(shape: [1, 2, 2, 2, 1])
    #expect(
      throws: VisualizationError.invalidInput(
        name: "softmax", declared: [1, 2, 2, 2], actual: wrong.shape)
    ) {
      try evaluation.gradient(of: ["softmax": wrong], withRespectTo: "a")
    }
    #expect(throws: VisualizationError.missingInput(name: "c")) {
      try evaluation.gradient(of: [:], withRespectTo: "c")
    }
  }

  @Test func anOperationOfSomebodyElseIsRefused() throws {
    let strange = OperationCase("strange", UnknownOperation(), inputs: [[1]])
    #expect(
      throws: VisualizationError.invalidShape(
        layer: "layer", operation: "Unknown", inputs: [[1]],
        reason: "the interpreter does not know the operation")
    ) { try strange.outputs() }
  }
}

private struct UnknownOperation: LayerOperation {
  var parameters: [LayerParameter] { [] }
  let kind = "Unknown"

  func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]] {
    inputs
  }
}
