extension NeuralNetwork {
  /// Lets the weights of dense layers lie by inputs where these come straight from a rectifier: about half of them are
  /// 0 then, and their weights are not read.
  ///
  /// The network holds them in that order alone, since a second copy would cost more memory than it is worth. Either
  /// order serves every program. Of maxima and means few are 0, so that a pooling in between leaves a layer as it is.
  static func turningDenseWeights(
    of layers: [Layer], _ producers: [String: (layer: Int, output: Int)]
  ) -> [Layer] {
    layers.map { layer in
      guard let dense = layer.operation as? Dense, !dense.matrix.liesByInputs else { return layer }
      var value = layer.inputs[0]
      while let producer = producers[value], layers[producer.layer].operation is any ViewOperation {
        value = layers[producer.layer].inputs[0]
      }
      guard let producer = producers[value],
        layers[producer.layer].operation.activationFunction?.closesAtZero == true
      else { return layer }
      let turned = Dense(
        matrix: dense.matrix.byInputs, bias: dense.bias, activation: dense.activation)
      return Layer(layer.name, turned, inputs: layer.inputs, outputs: layer.outputs)
    }
  }
}

extension LayerOperation {
  /// The function that an activation is, or that a file fuses into a layer.
  fileprivate var activationFunction: ActivationFunction? {
    switch self {
    case let activation as Activation: activation.function
    case let dense as Dense: dense.activation
    case let convolution as Convolution: convolution.activation
    default: nil
    }
  }
}
