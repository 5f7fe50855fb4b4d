import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects the sums of gradients where a value has several readers, and the memory that they lie in.
@Suite struct BranchTests {
  @Test(arguments: TensorLayout.both)
  func agreesWithInterpreterOnEveryKernel(layout: TensorLayout) throws {
    let network = try SampleNetworks.everyKernel(layout)
    var tensors = SeededTensors(seed: 4)
    let input = ["x": tensors.uniform([2, 40, 36, 3])]
    try expectAgreement(network, input, taps: SampleNetworks.everyKernelTaps, tolerance: 1e-4)
    for tap in network.layers.map({ LayerID.name($0.name) }) {
      try expectAgreement(
        network, ["x": tensors.uniform([1, 40, 36, 3])], taps: [tap], tolerance: 1e-4)
    }
  }

  /// Protects random graphs with random taps: branches, sums, joins and views in any order.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func agreesWithInterpreterOnRandomGraphs(seed: UInt64) throws {
    var random = SeededTensors(seed: seed)
    let layout = Bool.random(using: &random) ? TensorLayout.channelsFirst : .channelsLast
    let network = try Self.randomNetwork(layout, &random)
    let batch = Int.random(in: 1...3, using: &random)
    let names = network.layers.map { LayerID.name($0.name) }
    let taps = Array(names.shuffled(using: &random).prefix(Int.random(in: 1...4, using: &random)))
    let shapes = [("a", [batch, 6, 5, 4]), ("b", [batch, 6, 5, 3])]
    var inputs: [String: DoubleTensor] = [:]
    for (name, shape) in shapes { inputs[name] = random.uniform(shape) }
    try expectAgreement(network, inputs, taps: taps, tolerance: 3e-5)
  }

  /// Twelve layers over values of the same size; every layer reads any values before it.
  private static func randomNetwork(_ layout: TensorLayout, _ random: inout SeededTensors) throws
    -> NeuralNetwork
  {
    var values = [("a", 4), ("b", 3)]
    var layers: [Layer] = []
    for number in 0..<12 {
      let (left, channels) = values[Int.random(in: 0..<values.count, using: &random)]
      let peers = values.filter { $0.1 == channels }
      let right = peers[Int.random(in: 0..<peers.count, using: &random)].0
      let (other, others) = values[Int.random(in: 0..<values.count, using: &random)]
      var outputs = channels
      var inputs = [left]
      let operation: any LayerOperation
      switch Int.random(in: 0..<10, using: &random) {
      case 0, 1:
        outputs = Int.random(in: 1...6, using: &random)
        operation = .convolution(channels, outputs, kernel: 3, seed: random.next())
      case 2: operation = .convolution(channels, channels, kernel: 3, groups: channels)
      case 3: operation = .convolution(channels, channels, kernel: 1, seed: random.next())
      case 4: operation = .normalization(channels, seed: random.next() >> 8)
      case 5: operation = Activation(.leakyReLU(slope: 0.3))
      case 6: operation = Activation(.silu)
      case 7, 8:
        operation = Arithmetic(Bool.random(using: &random) ? .add : .multiply)
        inputs = [left, right]
      default:
        outputs = channels + others
        operation = Concatenation(axis: layout.axis(3))
        inputs = [left, other]
      }
      layers.append(Layer("v\(number)", operation, inputs: inputs))
      if outputs <= 12 { values.append(("v\(number)", outputs)) }
    }
    return try NeuralNetwork(
      layout: layout,
      inputs: [.map("a", [1, 6, 5, 4], layout), .map("b", [1, 6, 5, 3], layout)],
      layers: layers, outputs: [])
  }
}
