extension NeuralNetwork {
  /// The layer that a class visualization looks at unless another is named: the one whose values the last softmax
  /// (or log-softmax) reads, the softmax's own where it is fused into a layer, or else the last layer.
  ///
  /// Its units are logits once `replacingFinalSoftmax()` made a fused softmax linear.
  public var scoreLayer: LayerID {
    guard let position = finalSoftmax else { return .position(-1) }
    let layer = layers[position]
    guard layer.operation is Activation, let value = layer.inputs.first,
      let producer = producers[value]
    else { return .name(layer.name) }
    return .name(layers[producer.layer].name)
  }

  /// The position of the layer whose softmax makes an output; `nil` where no output is a softmax.
  ///
  /// Those in the midst of a network, as attention has them, are none of them.
  var finalSoftmax: Int? {
    var seen: Set<Int> = []
    return outputs.compactMap { softmax(behind: $0, &seen) }.max()
  }

  /// The layer that makes a value, but for layers that only rearrange it, if that is a softmax.
  ///
  /// - Parameter seen: the layers that need not be looked at again.
  private func softmax(behind value: String, _ seen: inout Set<Int>) -> Int? {
    var value = value
    while let position = producers[value]?.layer, seen.insert(position).inserted {
      let layer = layers[position]
      switch layer.operation {
      case let activation as Activation where activation.function.coupledAxis != nil:
        return position
      case let convolution as Convolution:
        return convolution.activation.coupledAxis.map { _ in position }
      case let dense as Dense: return dense.activation.coupledAxis.map { _ in position }
      case is Identity, is Flatten, is Reshape, is Squeeze, is Unsqueeze, is Transpose:
        value = layer.inputs[0]
      default: return nil
      }
    }
    return nil
  }
}
