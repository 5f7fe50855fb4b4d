extension Layer {
  /// The layer with its weights by inputs, if it is a dense one whose inputs come straight from a rectifier: about half
  /// of them are 0 then, and their weights are not read.
  ///
  /// A network holds them in that order alone, since a second copy would cost more memory than it is worth. Either
  /// order serves every program. Of maxima and means few are 0, so that a pooling in between leaves a layer as it is.
  /// Whoever builds networks layer by layer may ask at once, so that only one layer's weights are there twice meanwhile.
  ///
  /// - Parameter rectified: of the layers before this one.
  package func turningDenseWeights(behind rectified: RectifiedValues) -> Layer {
    guard let dense = operation as? Dense, !dense.matrix.liesByInputs, let input = inputs.first,
      rectified.contains(input)
    else { return self }
    let turned = Dense(
      matrix: dense.matrix.byInputs, bias: dense.bias, activation: dense.activation)
    return Layer(name, turned, inputs: inputs, outputs: outputs, layout: layout)
  }
}

/// The values that come straight from a rectifier, perhaps in another shape.
package struct RectifiedValues {
  private var values: Set<String> = []

  package init() {}

  package func contains(_ value: String) -> Bool { values.contains(value) }

  /// Takes in the next layer; those that it reads from were there before.
  package mutating func add(_ layer: Layer) {
    let isRectified =
      layer.operation is any ViewOperation
      ? layer.inputs.first.map(contains) ?? false
      : layer.operation.activationFunction?.closesAtZero ?? false
    if isRectified { values.formUnion(layer.outputs) }
  }
}

extension LayerOperation {
  /// The function that an activation is, or that a file fuses into a layer.
  var activationFunction: ActivationFunction? {
    switch self {
    case let activation as Activation: activation.function
    case let dense as Dense: dense.activation
    case let convolution as Convolution: convolution.activation
    default: nil
    }
  }
}
