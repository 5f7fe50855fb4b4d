import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects networks whose layers read from any others.
@Suite struct GraphBuilderTests {
  @Test(arguments: TensorLayout.both)
  func `branches are joined`(layout: TensorLayout) throws {
    let network = try NeuralNetwork.graph(seed: 2, layout: layout) { graph in
      let picture = graph.input(.picture(height: 10, width: 8, name: "picture"))
      let a = graph.add(.convolution(6, kernel: 3, padding: .same, activation: .relu), to: picture)
      let b = graph.add(.convolution(6, kernel: 1, name: "b"), to: a)
      let c = graph.add([.averagePooling(3, stride: 1, padding: 1), .activation(.tanh)], to: a)
      let sum = graph.add(.sum, to: a, b, c)
      let gate = graph.add(
        [.globalAveragePooling, .dense(6, activation: .sigmoid), .reshape(to: one(6, layout))],
        to: sum)
      let gated = graph.add(.product(name: "gated"), to: sum, gate)
      let halves = graph.add(.operation(Constant(Tensor(shape: [], repeating: 0.5))))
      let less = graph.add(.operation(Arithmetic(.subtract), name: "less"), to: gated, halves)
      let all = graph.add(.concatenation, to: less, b, c)
      graph.output(graph.add([.flatten, .dense(4, name: "logits")], to: all))
    }
    #expect(network.outputs == ["logits"])
    #expect(
      Set(network.layers.map(\.name)).isSuperset(of: ["conv2d", "add", "add_1", "constant"]))
    var tensors = SeededTensors(seed: 1)
    let picture = tensors.uniform([2, 10, 8, 3])
    try expectAgreement(
      network, ["picture": picture], taps: ["add_1", "gated", "less", "concatenate", "logits"])
  }

  /// One position of `channels` channels.
  private func one(_ channels: Int, _ layout: TensorLayout) -> [Int] {
    layout == .channelsLast ? [1, 1, channels] : [channels, 1, 1]
  }

  @Test func `there may be several inputs and outputs`() throws {
    let network = try NeuralNetwork.graph(seed: 1) { graph in
      let picture = graph.input(.picture(height: 6, width: 6))
      let facts = graph.input(.vector(3))
      let features = graph.add([.convolution(4, kernel: 3), .globalAveragePooling], to: picture)
      let joined = graph.add(.concatenation, to: features, facts)
      graph.output(graph.add(.dense(2, name: "classes"), to: joined), labels: ["a", "b"])
      graph.output(graph.add(.dense(1, name: "age"), to: joined))
    }
    #expect(network.inputs.map(\.name) == ["input", "input_1"])
    #expect(network.outputs == ["classes", "age"])
    #expect(network.labels == ["a", "b"])
    var tensors = SeededTensors(seed: 1)
    try expectAgreement(
      network, ["input": tensors.uniform([2, 6, 6, 3]), "input_1": tensors.uniform([2, 3])],
      taps: ["classes", "age"])
  }

  /// Protects blocks that ask how wide their input is.
  @Test func `values tell their channels`() throws {
    var graph = GraphBuilder(seed: 1)
    var x = graph.input(.picture(height: 16, width: 16))
    #expect(x.channels == 3)
    for width in [8, 8, 16] {
      let y = graph.add(.convolution(width, kernel: 3, padding: 1), to: x)
      let shortcut = x.channels == width ? x : graph.add(.convolution(width, kernel: 1), to: x)
      x = graph.add(.sum, to: y, shortcut)
    }
    #expect(x.channels == 16)
    #expect(try graph.network().layers.count == 8)
    #expect(graph.add(.globalAveragePooling, to: x).channels == 16)
    let free = graph.add(.flatten, to: graph.input(.picture()))
    #expect(free.channels == nil)
  }

  @Test func `the last layer is the output unless told otherwise`() throws {
    let network = try NeuralNetwork.graph { graph in
      graph.add([.dense(3), .dense(2)], to: graph.input(.vector(4)))
    }
    #expect(network.outputs == ["dense_1"])
  }
}
