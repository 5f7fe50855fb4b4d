import FeatureVisualization

extension NeuralNetwork {
  /// The same network with activations that layers end in as layers of their own, so that what has weights is linear.
  ///
  /// Values keep their names.
  func separatingActivations() throws(VisualizationError) -> NeuralNetwork {
    try rewritten(layers.flatMap(\.separated))
  }

  /// The same inputs and outputs with other layers.
  func rewritten(_ layers: [Layer]) throws(VisualizationError) -> NeuralNetwork {
    try NeuralNetwork(
      layout: layout, inputs: inputs, layers: layers, outputs: outputs, labels: labels)
  }
}

extension Layer {
  fileprivate var separated: [Layer] {
    let linear: any LayerOperation
    let activation: ActivationFunction
    switch operation {
    case let convolution as Convolution:
      activation = convolution.activation
      linear = Convolution(
        weights: convolution.weights, bias: convolution.bias, stride: convolution.window.stride,
        dilation: convolution.window.dilation, padding: convolution.window.padding,
        groups: convolution.groups)
    case let dense as Dense where dense.activation != .linear:
      activation = dense.activation
      linear = Dense(weights: dense.weights, bias: dense.bias)
    default: return [self]
    }
    guard activation != .linear else { return [self] }
    // No file's layer or value has a line feed in its name.
    let value = outputs[0] + "\nbefore activation"
    return [
      Layer(name, linear, inputs: inputs, outputs: [value], layout: layout),
      Layer(
        name + "\nactivation", Activation(activation), inputs: [value], outputs: outputs,
        layout: layout),
    ]
  }
}
