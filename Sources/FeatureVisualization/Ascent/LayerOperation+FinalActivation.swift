extension LayerOperation {
  /// The activation that the operation ends with, if it is one or has one fused into it.
  var finalActivation: ActivationFunction? {
    switch self {
    case let activation as Activation: activation.function
    case let dense as Dense: dense.activation
    case let convolution as Convolution: convolution.activation
    default: nil
    }
  }
}
