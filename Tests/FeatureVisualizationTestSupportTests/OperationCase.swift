import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// One operation as a network of its own, with inputs to evaluate it at.
struct OperationCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let network: NeuralNetwork
  let inputs: [String: DoubleTensor]

  /// An operation on inputs of these shapes, given as they are handed in: feature maps as `[N, H, W, C]`.
  ///
  /// - Parameter maps: whether inputs of three axes and more are feature maps; if not, they have the logical
  ///   order.
  /// - Parameter indices: a constant that the operation reads after the first input.
  init(
    _ name: String, _ operation: any LayerOperation, inputs shapes: [[Int]],
    layout: TensorLayout = .channelsFirst, maps: Bool = true, outputs: Int = 1,
    range: ClosedRange<Double> = -2...2, seed: UInt64 = 1, indices: Tensor? = nil
  ) {
    testDescription = "\(name), \(layout)"
    var source = SeededTensors(seed: seed)
    var declared: [NetworkInput] = []
    var inputs: [String: DoubleTensor] = [:]
    for (position, shape) in shapes.enumerated() {
      let axis = maps && shape.count >= 3 ? layout.channelAxis(rank: shape.count) : nil
      let name = "input \(position)"
      declared.append(NetworkInput(name, shape: shape.map { _ in nil }, channelAxis: axis))
      // Shifted a little: a maximum of two inputs has no derivative where they are equal.
      let shift = 0.007 * Double(position)
      inputs[name] = source.spaced(shape, in: range.lowerBound + shift...range.upperBound + shift)
    }
    self.inputs = inputs
    let values = (0..<outputs).map { "output \($0)" }
    var operands = declared.map(\.name)
    if indices != nil { operands.insert("indices", at: 1) }
    let constants = indices.map { [Layer("indices", Constant($0), inputs: [])] } ?? []
    // A case that is no network is a mistake of this file.
    network = try! NeuralNetwork(
      layout: layout, inputs: declared,
      layers: constants + [Layer("layer", operation, inputs: operands, outputs: values)],
      outputs: values)
  }

  /// The values handed out, under these numbers for the inputs.
  func outputs(_ inputs: [String: DoubleTensor]? = nil) throws -> [DoubleTensor] {
    let taps = network.outputs.map(LayerID.name)
    let evaluation = try ReferenceInterpreter(network).evaluate(inputs ?? self.inputs, taps: taps)
    return try taps.map { try evaluation.value(of: $0) }
  }

  /// The relative L2 error of the gradient with respect to each input, of a random linear function of the
  /// outputs, against central differences.
  func gradientErrors(seed: UInt64 = 99) throws -> [String: Double] {
    var source = SeededTensors(seed: seed)
    let taps = network.outputs.map(LayerID.name)
    let interpreter = ReferenceInterpreter(network)
    let evaluation = try interpreter.evaluate(inputs, taps: taps)
    var seeds: [LayerID: DoubleTensor] = [:]
    for tap in taps { seeds[tap] = source.uniform(try evaluation.value(of: tap).shape) }
    var errors: [String: Double] = [:]
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
      errors[name] = gradient.relativeL2Error(from: expected)
    }
    return errors
  }
}

extension SeededTensors {
  /// Independent numbers for weights.
  mutating func weights(_ shape: Int..., in range: ClosedRange<Double> = -1...1) -> Tensor {
    Tensor(uniform(shape, in: range))
  }
}
