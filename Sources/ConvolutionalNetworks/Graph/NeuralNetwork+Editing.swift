extension NeuralNetwork {
  /// A network in which the layer's activation is `function`; this one stays as it is.
  ///
  /// The activation may be fused into the layer, as Keras writes it, or stand alone, as ONNX does.
  /// Class visualizations swap `.softmax` for `.linear`: softmax can be raised by lowering the other
  /// classes.
  ///
  /// - Throws: `VisualizationError.unknownLayer`; `VisualizationError.noActivation` for a layer that has none.
  public func replacingActivation(of id: LayerID, with function: ActivationFunction)
    throws(VisualizationError) -> NeuralNetwork
  {
    let position = try position(of: id)
    let operation = try Self.operation(of: layers[position], activatedBy: function)
    return try replacingOperations([position: operation])
  }

  /// A network in which every softmax, log-softmax and sigmoid that makes an output is linear: the outputs are logits.
  ///
  /// A network without them stays as it is.
  public func replacingFinalActivations() throws(VisualizationError) -> NeuralNetwork {
    var operations: [Int: any LayerOperation] = [:]
    for position in finalActivations {
      operations[position] = try Self.operation(of: layers[position], activatedBy: .linear)
    }
    return operations.isEmpty ? self : try replacingOperations(operations)
  }

  /// A layer's operation with another activation.
  private static func operation(of layer: Layer, activatedBy function: ActivationFunction)
    throws(VisualizationError) -> any LayerOperation
  {
    switch layer.operation {
    case is Activation:
      return Activation(function)
    case let convolution as Convolution:
      return Convolution(
        weights: convolution.weights, bias: convolution.bias, stride: convolution.window.stride,
        dilation: convolution.window.dilation, padding: convolution.window.padding,
        groups: convolution.groups, activation: function)
    case let dense as Dense:
      return Dense(matrix: dense.matrix, bias: dense.bias, activation: function)
    default:
      throw .noActivation(layer: layer.name, operation: layer.operation.kind)
    }
  }

  /// A network in which these inputs hold the given values for good.
  ///
  /// - Parameter values: tensors in the network's logical axis order, by input name.
  /// - Throws: `VisualizationError.missingInput` for a name that is no input.
  public func binding(_ values: [String: Tensor]) throws(VisualizationError) -> NeuralNetwork {
    for name in values.keys.sorted() where !inputs.contains(where: { $0.name == name }) {
      throw .missingInput(name: name)
    }
    let constants = values.sorted { $0.key < $1.key }.map {
      Layer($0.key, Constant($0.value), inputs: [])
    }
    return try replacing(
      inputs: inputs.filter { values[$0.name] == nil }, layers: constants + layers)
  }

  /// A network whose input `name` (the first unless given) is fed as `specification` says.
  public func specifying(_ specification: InputSpecification, for name: String? = nil)
    throws(VisualizationError) -> NeuralNetwork
  {
    guard let position = inputs.firstIndex(where: { name == nil || $0.name == name }) else {
      throw .missingInput(name: name ?? "(first)")
    }
    var inputs = inputs
    inputs[position].specification = specification
    return try replacing(inputs: inputs, layers: layers)
  }

  /// The same network, as far as it goes, of other inputs and layers.
  private func replacing(inputs: [NetworkInput], layers: [Layer]) throws(VisualizationError)
    -> NeuralNetwork
  {
    var result = try NeuralNetwork(
      layout: layout, inputs: inputs, layers: layers, outputs: outputs, labels: labels)
    result.parts = parts
    return result
  }

  private func replacingOperations(_ operations: [Int: any LayerOperation])
    throws(VisualizationError) -> NeuralNetwork
  {
    var layers = layers
    for (position, operation) in operations {
      let layer = layers[position]
      layers[position] = Layer(
        layer.name, operation, inputs: layer.inputs, outputs: layer.outputs, layout: layer.layout)
    }
    return try replacing(inputs: inputs, layers: layers)
  }
}
