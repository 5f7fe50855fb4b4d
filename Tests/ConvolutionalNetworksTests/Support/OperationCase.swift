import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// An operation with inputs to try it on, in networks of either axis order.
struct OperationCase: Sendable, CustomTestStringConvertible {
  let name: String
  /// Shapes as tensors are handed in: feature maps as `[N, H, W, C]`.
  var inputs: [[Int]]
  var range: ClosedRange<Double> = -2...2
  /// The number of values that the operation writes.
  var outputs = 1
  let operation: @Sendable (TensorLayout) -> any LayerOperation

  init(
    _ name: String, _ inputs: [Int]..., range: ClosedRange<Double> = -2...2, outputs: Int = 1,
    operation: @escaping @Sendable (TensorLayout) -> any LayerOperation
  ) {
    self.name = name
    self.inputs = inputs
    self.range = range
    self.outputs = outputs
    self.operation = operation
  }

  var testDescription: String { "\(name) \(inputs)" }

  var inputNames: [String] { inputs.indices.map { "x\($0)" } }
  var outputNames: [LayerID] { (0..<outputs).map { .name("y\($0)") } }
  var halfNames: [LayerID] { inputs.indices.map { .name("half\($0)") } }

  /// A network that halves its inputs and hands them to the operation.
  func network(_ layout: TensorLayout) throws -> NeuralNetwork {
    let half = Layer("half", Constant(Tensor(shape: [], repeating: 0.5)), inputs: [])
    let halves = inputs.indices.map {
      Layer("half\($0)", Arithmetic(.multiply), inputs: ["x\($0)", "half"])
    }
    let layer = Layer(
      "operation", operation(layout), inputs: inputs.indices.map { "half\($0)" },
      outputs: (0..<outputs).map { "y\($0)" })
    return try NeuralNetwork(
      layout: layout, inputs: zip(inputNames, inputs).map { .map($0, $1, layout) },
      layers: [half] + halves + [layer], outputs: [])
  }

  /// Numbers of which no two are close, so that no maximum is in doubt.
  func tensors() -> [String: DoubleTensor] {
    var tensors = SeededTensors(seed: 3)
    return Dictionary(
      uniqueKeysWithValues: zip(inputNames, inputs).map { ($0, tensors.spaced($1, in: range)) })
  }

  /// Expects agreement with the interpreter, of the operation alone and where its inputs' gradients hold
  /// another share already.
  func check(_ layout: TensorLayout, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let network = try network(layout)
    try expectAgreement(network, tensors(), taps: outputNames, sourceLocation: sourceLocation)
    try expectAgreement(
      network, tensors(), taps: outputNames + halfNames, sourceLocation: sourceLocation)
  }
}

extension NetworkInput {
  /// An input that takes tensors of shape `presented`, feature maps as `[N, H, W, C]`.
  static func map(_ name: String, _ presented: [Int], _ layout: TensorLayout) -> NetworkInput {
    guard presented.count >= 3 else {
      return NetworkInput(name, shape: presented, channelAxis: nil)
    }
    let shape = layout.shape(
      batch: presented[0], spatial: Array(presented.dropFirst().dropLast()),
      channels: presented[presented.count - 1])
    return NetworkInput(
      name, shape: shape, channelAxis: layout.channelAxis(rank: presented.count))
  }
}

extension Tensor {
  /// Weights evenly distributed over −1…1 (or `range`), the same ones for the same shape and seed.
  static func weights(
    _ shape: [Int], seed: UInt64 = 1, in range: ClosedRange<Double> = -1...1
  ) -> Tensor {
    var tensors = SeededTensors(seed: seed)
    return Tensor(tensors.uniform(shape, in: range))
  }
}

extension TensorLayout {
  static let both: [TensorLayout] = [.channelsFirst, .channelsLast]

  /// The logical axis of an axis of a feature map as it is handed in, `[N, H, W, C]`.
  func axis(_ presented: Int, rank: Int = 4) -> Int {
    guard self == .channelsFirst, presented > 0 else { return presented }
    return presented == rank - 1 ? 1 : presented + 1
  }
}
