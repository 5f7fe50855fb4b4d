extension NeuralNetwork {
  /// The layer that a class visualization looks at unless another is named: the one whose values the last softmax
  /// (or log-softmax) reads, the softmax's own where it is fused into a layer, or else the last layer.
  ///
  /// Its units are logits once `replacingFinalSoftmax()` made a fused softmax linear.
  public var scoreLayer: LayerID {
    guard let position = finalSoftmax else { return .position(-1) }
    let layer = layers[position]
    guard layer.operation is Activation, let value = layer.inputs.first,
      let producer = layers.first(where: { $0.outputs.contains(value) })
    else { return .name(layer.name) }
    return .name(producer.name)
  }

  /// The position of the last layer whose activation couples the units of an axis, as softmax does.
  var finalSoftmax: Int? {
    layers.lastIndex { layer in
      let function: ActivationFunction
      switch layer.operation {
      case let activation as Activation: function = activation.function
      case let convolution as Convolution: function = convolution.activation
      case let dense as Dense: function = dense.activation
      default: return false
      }
      return function.coupledAxis != nil
    }
  }
}
