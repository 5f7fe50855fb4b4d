extension NeuralNetwork {
  /// The output that holds the scores of the classes: the first that ends in a softmax, a log-softmax or a sigmoid, or
  /// else the first; `nil` of a network without outputs.
  public var scoreOutput: String? {
    var seen: Set<Int> = []
    return outputs.first { finalActivation(of: $0, &seen) != nil } ?? outputs.first
  }

  /// The layer that a class visualization looks at unless another is named: the one whose values the last softmax,
  /// log-softmax or sigmoid of `scoreOutput` reads, the activation's own where it is fused into a layer, or else the layer
  /// of `scoreOutput`.
  ///
  /// Its units are logits once `replacingFinalActivations()` made a fused activation linear.
  public var scoreLayer: LayerID {
    guard let output = scoreOutput else { return .position(-1) }
    var seen: Set<Int> = []
    guard let position = finalActivation(of: output, &seen) else { return layerID(writing: output) }
    let layer = layers[position]
    guard layer.operation is Activation, let value = layer.inputs.first, producers[value] != nil
    else { return .name(layer.name) }
    return layerID(writing: value)
  }

  /// The positions of the layers whose softmax, log-softmax or sigmoid makes an output.
  ///
  /// Those in the midst of a network, as attention and gates have them, are none of them.
  package var finalActivations: Set<Int> {
    var seen: Set<Int> = []
    return Set(outputs.compactMap { finalActivation(of: $0, &seen) })
  }

  /// The activation by which `scoreOutput` is made of scores; `nil` where it ends in none.
  package var scoreActivation: ActivationFunction? {
    var seen: Set<Int> = []
    guard let output = scoreOutput, let position = finalActivation(of: output, &seen) else {
      return nil
    }
    return layers[position].operation.finalFunction
  }

  /// What the layer of the classes reads: the features of a picture that the network tells classes by.
  ///
  /// That layer is the last with weights before `scoreOutput`. `nil` where it reads the picture itself, or where layers of
  /// several inputs come behind it.
  package var classFeatures: LayerID? {
    var value = scoreOutput ?? ""
    // Layers are in order, so that the walk ends.
    while let position = producers[value]?.layer {
      let layer = layers[position]
      guard layer.inputs.count == 1 else { return nil }
      value = layer.inputs[0]
      if layer.operation is Dense || layer.operation is Convolution {
        return producers[value] == nil ? nil : layerID(writing: value)
      }
    }
    return nil
  }

  /// The layer that makes an output, but for layers that only rearrange it, if its activation turns scores into
  /// probabilities.
  ///
  /// - Parameter seen: the layers that need not be looked at again.
  private func finalActivation(of output: String, _ seen: inout Set<Int>) -> Int? {
    var value = output
    while let position = producers[value]?.layer, seen.insert(position).inserted {
      let layer = layers[position]
      if let function = layer.operation.finalFunction {
        return function.makesProbabilities ? position : nil
      }
      switch layer.operation {
      case is Identity, is Flatten, is Reshape, is Squeeze, is Unsqueeze, is Transpose:
        value = layer.inputs[0]
      default: return nil
      }
    }
    return nil
  }

  /// The layer that writes a value, named by the value where the layer's own name means another one.
  private func layerID(writing value: String) -> LayerID {
    guard let producer = producers[value] else { return .position(-1) }
    let layer = layers[producer.layer]
    return .name(producer.output == 0 ? layer.name : value)
  }
}

extension LayerOperation {
  /// The activation that the operation is, or that is fused into it; `nil` of one that has none.
  fileprivate var finalFunction: ActivationFunction? {
    switch self {
    case let activation as Activation: activation.function
    case let convolution as Convolution: convolution.activation
    case let dense as Dense: dense.activation
    default: nil
    }
  }
}

extension ActivationFunction {
  /// Whether it turns scores into probabilities, which saturate: their gradient vanishes where the scores are large.
  fileprivate var makesProbabilities: Bool {
    switch self {
    case .softmax, .logSoftmax, .sigmoid, .hardSigmoid: true
    default: false
    }
  }
}
