import ConvolutionalNetworks

/// The values of a network for one set of inputs, and the gradients at that point.
public struct ReferenceEvaluation: Sendable {
  /// A value in logical axis order.
  struct Value {
    let tensor: DoubleTensor
    /// Whether it is handed out channels last though its logical order is channels first.
    let isFeatureMap: Bool
    /// The input of the network that it is, if it is one.
    var input: String?

    /// The value's axes in the order in which it is handed out.
    var presentedAxes: [Int] {
      isFeatureMap ? [0] + Array(2..<tensor.rank) + [1] : Array(0..<tensor.rank)
    }

    /// The axes of a tensor handed in, in logical order.
    var logicalAxes: [Int] {
      isFeatureMap
        ? [0, tensor.rank - 1] + Array(1..<(tensor.rank - 1)) : Array(0..<tensor.rank)
    }
  }

  /// An operation that was evaluated, and the positions of what it read and wrote in `values`.
  struct Step {
    let layer: String
    let layout: TensorLayout
    let operation: any InterpretedOperation
    let inputs: [Int]
    let outputs: [Int]
  }

  let network: NeuralNetwork
  private(set) var values: [Value] = []
  private(set) var steps: [Step] = []
  /// Positions in `values` by name; what lies between the stages of a layer has no name.
  private var positions: [String: Int] = [:]

  init(of network: NeuralNetwork) { self.network = network }

  /// The value of a layer in the shape that `Program` gives it: feature maps as `[N, H, W, C]`.
  ///
  /// - Throws: `VisualizationError.unknownLayer`; `VisualizationError.missingInput` for a value that no tap depends on.
  public func value(of tap: LayerID) throws(VisualizationError) -> DoubleTensor {
    let value = values[try position(of: tap)]
    return value.tensor.transposed(value.presentedAxes)
  }

  func position(of tap: LayerID) throws(VisualizationError) -> Int {
    let name = try network.value(of: tap)
    guard let position = positions[name] else { throw .missingInput(name: name) }
    return position
  }

  mutating func append(_ input: NetworkInput, _ tensor: DoubleTensor, logicalRank rank: Int) {
    let isFeatureMap = network.layout == .channelsFirst && input.channelAxis == 1 && rank >= 3
    let presented = Value(tensor: tensor, isFeatureMap: isFeatureMap)
    positions[input.name] = values.count
    values.append(
      Value(
        tensor: tensor.transposed(presented.logicalAxes), isFeatureMap: isFeatureMap,
        input: input.name))
  }

  /// Evaluates a layer whose inputs are all there.
  mutating func append(_ layer: Layer) throws(VisualizationError) {
    var inputs: [Int] = []
    for input in layer.inputs {
      guard let position = positions[input] else { throw .missingInput(name: input) }
      inputs.append(position)
    }
    do throws(ShapeError) {
      for stage in try stages(of: layer) {
        inputs = try append(stage, of: layer, reading: inputs)
      }
    } catch {
      throw .invalidShape(
        layer: layer.name, operation: layer.operation.kind,
        inputs: inputs.map { values[$0].tensor.shape }, reason: error.reason)
    }
    for (name, position) in zip(layer.outputs, inputs) { positions[name] = position }
  }

  private func stages(of layer: Layer) throws(ShapeError) -> [any InterpretedOperation] {
    let tensors = positions.mapValues { values[$0].tensor }
    let resolved = try layer.operation.resolved(
      ShapeExpression.Evaluator(
        shape: { name throws(ShapeError) in
          guard let tensor = tensors[name] else {
            throw ShapeError("the shape of '\(name)' is unknown")
          }
          return tensor.shape
        },
        numbers: { name throws(ShapeError) in
          guard let tensor = tensors[name] else { throw ShapeError("'\(name)' is unknown") }
          return NumberArray(shape: tensor.shape, numbers: tensor.elements)
        }))
    guard let operation = resolved as? any InterpretedOperation else {
      throw ShapeError("the interpreter does not know the operation")
    }
    return operation.stages
  }

  private mutating func append(
    _ operation: any InterpretedOperation, of layer: Layer, reading inputs: [Int]
  ) throws(ShapeError) -> [Int] {
    let tensors = inputs.map { values[$0].tensor }
    let layout = layer.layout ?? network.layout
    let stated = try operation.outputShapes(for: tensors.map(\.shape), layout: layout)
    let results = try operation.evaluate(tensors, layout: layout)
    // The operation's own rule of shapes is checked along the way.
    guard results.map(\.shape) == stated else {
      throw ShapeError(
        "results of shapes \(results.map(\.shape)), not \(stated) as the operation states")
    }
    let outputs = Array(values.count..<(values.count + results.count))
    for result in results {
      values.append(
        Value(
          tensor: result,
          isFeatureMap: isFeatureMap(
            result.rank, layout, operation.presentation, inputs: inputs)))
    }
    steps.append(
      Step(
        layer: layer.name, layout: layout, operation: operation, inputs: inputs, outputs: outputs))
    return outputs
  }

  private func isFeatureMap(
    _ rank: Int, _ layout: TensorLayout, _ presentation: Presentation, inputs: [Int]
  ) -> Bool {
    guard layout == .channelsFirst, rank >= 3 else { return false }
    return switch presentation {
    case .featureMap: true
    case .following: inputs.contains { values[$0].isFeatureMap && values[$0].tensor.rank == rank }
    case .featureMapOfOther: !inputs.contains { values[$0].isFeatureMap }
    case .logical: false
    }
  }
}
