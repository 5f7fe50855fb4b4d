import ConvolutionalNetworks
import Testing

/// Protects writers of networks: every mistake is an error that names the layer, the rule and the value.
@Suite struct ConstructionErrorTests {
  /// The message of the error that a list of layers ends in.
  private func message(
    _ layers: [LayerDefinition], reading input: InputDefinition = .picture(height: 8, width: 8),
    labels: [String]? = nil
  ) -> String {
    do throws(VisualizationError) {
      _ = try NeuralNetwork.sequential(input, labels: labels, layers)
      return "no error"
    } catch {
      return error.description
    }
  }

  @Test(arguments: Mistake.all)
  fileprivate func `a layer that cannot be made is named`(mistake: Mistake) {
    let message = message([.activation(.relu), mistake.layer, .flatten])
    #expect(message.hasPrefix("layer 'c' ("), "\(message)")
    #expect(message.contains("reading [any, 8, 8, 3]"), "\(message)")
    #expect(message.contains(mistake.reason), "\(message)")
  }

  @Test func `layers need the axes that they work on`() {
    for layer: LayerDefinition in [
      .convolution(2, kernel: 1, name: "c"), .maximumPooling(2, name: "c"),
      .globalAveragePooling(name: "c"), .upsampling(2, name: "c"), .padding(1, name: "c"),
    ] {
      #expect(message([.flatten, layer]).contains("'c'"))
      #expect(message([.flatten, layer]).contains("[any, 192]: it needs a feature map"))
    }
  }

  /// Protects those who leave the size of pictures open from a layer that depends on it.
  @Test func `a dense layer needs a number of inputs`() {
    let message = message([.flatten, .dense(3, name: "logits")], reading: .picture())
    #expect(message.hasPrefix("layer 'logits' (Dense) reading [any, any]: "))
    #expect(message.contains("give the input a size, or pool globally before"))
  }

  @Test func `labels fit the units`() {
    #expect(
      message([.globalAveragePooling, .dense(3, name: "logits")], labels: ["a", "b"])
        == "layer 'logits' (output): 2 labels for 3 units")
    #expect(
      message([.flatten], reading: .picture(), labels: ["a"]).contains("1 labels for any number of")
    )
  }

  @Test func `an input has extents`() {
    #expect(
      message([], reading: .picture(height: 0, width: 8)).hasPrefix(
        "layer 'input' (input): an extent"))
    #expect(message([], reading: .vector(-3, name: "v")) == "layer 'v' (input): an extent of -3")
    let large = message([], reading: .tensor([1 << 40, 1 << 40]))
    #expect(large.contains("'input'") && large.contains("too large"))
  }

  @Test func `names are given once`() {
    #expect(throws: VisualizationError.duplicateName("a")) {
      try NeuralNetwork.sequential(.vector(3), [.dense(3, name: "a"), .dense(2, name: "a")])
    }
    #expect(throws: VisualizationError.duplicateName("v")) {
      try NeuralNetwork.sequential(.vector(3, name: "v"), [.dense(3, name: "v")])
    }
  }

  @Test func `weights are finite`() {
    #expect(throws: VisualizationError.nonFiniteWeight(layer: "d", parameter: "weights")) {
      try NeuralNetwork.sequential(
        .vector(1), [.dense(weights: Tensor(shape: [1, 1], repeating: .nan), name: "d")])
    }
    #expect(throws: VisualizationError.self) {
      try NeuralNetwork.sequential(.vector(2), [.batchNormalization(epsilon: -1, name: "b")])
    }
  }

  /// Protects graphs from values that do not fit together, too few or too many of them, and strangers'.
  @Test func `values fit together`() {
    func message(_ build: (inout GraphBuilder) -> Void) -> String {
      do throws(VisualizationError) {
        _ = try NeuralNetwork.graph(build)
        return "no error"
      } catch {
        return error.description
      }
    }
    let sum = message { graph in
      let x = graph.input(.picture(height: 8, width: 8))
      graph.add(.sum(name: "s"), to: x, graph.add(.convolution(3, kernel: 3), to: x))
    }
    #expect(sum.hasPrefix("layer 's' (Add) reading [any, 8, 8, 3] and [any, 6, 6, 3]: "))
    let few = message { graph in graph.add(.sum(name: "s"), to: graph.input(.vector(2))) }
    #expect(few == "layer 's' (Add) reads 1 values, not 2")
    let many = message { graph in
      let x = graph.input(.vector(2))
      graph.add(.dense(3, name: "d"), to: x, x)
    }
    #expect(many == "layer 'd' (Dense) reads 2 values, not 1")
    #expect(message { graph in graph.add(.dense(3, name: "d")) }.contains("'d'"))
    #expect(message { graph in graph.add(.dropout(0.5)) }.contains("dropout"))
    var other = GraphBuilder()
    let stranger = other.input(.vector(2, name: "stranger"))
    #expect(
      message { graph in graph.add(.dense(3, name: "d"), to: stranger) }
        == "layer 'd' reads 'stranger', which nothing writes")
    let twice = message { graph in
      let x = graph.input(.vector(2))
      graph.output(x, labels: ["a", "b"])
      graph.output(x, labels: ["c", "d"])
    }
    #expect(twice.contains("labels already"))
  }

  /// Protects readers of the first error from those that follow from it.
  @Test func `the first mistake is told`() {
    let message = message([
      .convolution(4, kernel: 9, name: "first"), .convolution(0, kernel: 3, name: "second"),
    ])
    #expect(message.hasPrefix("layer 'first'"))
  }
}

/// A layer "c" that cannot be made of an 8×8 picture, and what is said of it.
private struct Mistake: CustomTestStringConvertible, Sendable {
  let reason: String
  let layer: LayerDefinition

  var testDescription: String { reason }

  init(_ reason: String, _ layer: LayerDefinition) {
    (self.reason, self.layer) = (reason, layer)
  }

  static let all: [Mistake] = random + given + others

  private static let random: [Mistake] = [
    Mistake("0 filters", .convolution(0, kernel: 3, name: "c")),
    Mistake("kernel [0, 0]", .convolution(4, kernel: 0, name: "c")),
    Mistake("kernel [3, 3, 3] for 2", .convolution(4, kernel: [3, 3, 3], name: "c")),
    Mistake("stride [-1, -1]", .convolution(4, kernel: 3, stride: -1, name: "c")),
    Mistake(
      "dilation [1, 2, 3] for 2", .convolution(4, kernel: 3, dilation: [1, 2, 3], name: "c")),
    Mistake("padding [-1, -1]", .convolution(4, kernel: 3, padding: .cells(-1), name: "c")),
    Mistake("does not fit into 8", .convolution(4, kernel: 9, name: "c")),
    Mistake("3 channels and 4 filters in 2", .convolution(4, kernel: 3, groups: 2, name: "c")),
    Mistake("in 0 groups", .convolution(4, kernel: 3, groups: 0, name: "c")),
    Mistake("no memory for weights", .convolution(1 << 20, kernel: 1 << 20, name: "c")),
    Mistake(
      "0 filters for each channel", .depthwiseConvolution(kernel: 3, multiplier: 0, name: "c")),
    Mistake("-1 filters", .transposedConvolution(-1, kernel: 3, name: "c")),
    Mistake(
      "output padding", .transposedConvolution(2, kernel: 3, outputPadding: [1, 2, 3], name: "c")),
    Mistake("0 units", .dense(0, name: "c")),
  ]

  private static let two = Tensor(shape: [2])

  private static let given: [Mistake] = [
    Mistake("weights of shape []", .convolution(weights: Tensor(shape: []), name: "c")),
    Mistake("need 4 axes", .convolution(weights: Tensor(shape: [4, 3, 3]), name: "c")),
    Mistake("do not fit 3", .convolution(weights: Tensor(shape: [4, 3, 3, 5]), name: "c")),
    Mistake(
      "2 biases for 4 output channels",
      .convolution(weights: Tensor(shape: [4, 3, 3, 3]), bias: two, name: "c")),
    Mistake(
      "do not fit 3", .transposedConvolution(weights: Tensor(shape: [2, 3, 3, 4]), name: "c")),
    Mistake("weights [2, 9]", .dense(weights: Tensor(shape: [2, 9]), name: "c")),
    Mistake("weights []", .dense(weights: Tensor(shape: []), name: "c")),
    Mistake(
      "statistics of 2 channels for an input of 3",
      .batchNormalization(scale: two, shift: two, mean: two, variance: two, name: "c")),
    Mistake("2 numbers for 3 channels", .layerNormalization(scale: two, name: "c")),
    Mistake("3 channels in 2 groups", .groupNormalization(groups: 2, name: "c")),
  ]

  private static let others: [Mistake] = [
    Mistake("kernel [0, 0]", .maximumPooling(0, name: "c")),
    Mistake("does not fit into 8", .maximumPooling(9, name: "c")),
    Mistake("do not fit", .reshape(to: [5, 5], name: "c")),
    Mistake("0 cells for each", .upsampling(0, name: "c")),
    Mistake("0 cells along an axis", .resizing(to: [4, 0], name: "c")),
    Mistake("padding [1, 2, 3] for 2", .padding([1, 2, 3], name: "c")),
    Mistake("cannot be taken from 8", .padding(8, mode: .reflect, name: "c")),
    Mistake("axis 7", .activation(.softmax(axis: 7), name: "c")),
    Mistake("weights of shape []", .operation(Convolution(weights: Tensor(shape: [])), name: "c")),
    Mistake("gives 3 values", .operation(Split(axis: 3, parts: 3), name: "c")),
  ]
}
