extension Layer {
  /// The layer with its weights by inputs, if it is a dense one whose inputs come straight from a rectifier: about half
  /// of them are 0 then, and their weights are not read.
  ///
  /// A network holds them in that order alone, since a second copy would cost more memory than it is worth. Either
  /// order serves every program. Of maxima and means few are 0, so that a pooling in between leaves a layer as it is.
  /// Whoever builds networks layer by layer may ask at once, so that only one layer's weights are there twice meanwhile.
  ///
  /// - Parameter producer: the layer that writes a value, if one does.
  package func turningDenseWeights(_ producer: (_ value: String) -> Layer?) -> Layer {
    guard let dense = operation as? Dense, !dense.matrix.liesByInputs, let input = inputs.first
    else { return self }
    var source = producer(input)
    while let view = source, view.operation is any ViewOperation {
      source = view.inputs.first.flatMap(producer)
    }
    guard source?.operation.activationFunction?.closesAtZero == true else { return self }
    let turned = Dense(
      matrix: dense.matrix.byInputs, bias: dense.bias, activation: dense.activation)
    return Layer(name, turned, inputs: inputs, outputs: outputs)
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
