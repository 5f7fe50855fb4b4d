public import ConvolutionalNetworks

extension StateDictionary {
  /// The weights of a network's layers as PyTorch names and orders them: `conv1.weight` of
  /// `[filters, inputs, kh, kw]`, `conv1.bias`, `bn1.running_mean`.
  ///
  /// - Parameter metadata: free text about the network, by key.
  public init(of network: NeuralNetwork, metadata: [String: String] = [:]) {
    var entries: [Entry] = []
    for layer in network.layers {
      for (parameter, tensor) in layer.operation.parameters {
        entries.append(
          Entry(name: "\(layer.name).\(parameter)", shape: tensor.shape, type: .float32) {
            () throws(WeightsFileError.Problem) in tensor
          })
      }
    }
    self.init(file: "network", entries, metadata: metadata)
  }
}

extension LayerOperation {
  /// The layer's weights in PyTorch's order of axes, by PyTorch's names.
  fileprivate var parameters: [(name: String, tensor: Tensor)] {
    var all: [(String, Tensor?)] = []
    switch self {
    case let layer as Convolution:
      all = [("weight", layer.weights.channelsMovedForward), ("bias", layer.bias)]
      all.append(("slope", layer.activation.slopes))
    case let layer as TransposedConvolution:
      all = [("weight", layer.weights.channelsMovedForward), ("bias", layer.bias)]
    case let layer as Dense:
      all = [("weight", layer.weights), ("bias", layer.bias), ("slope", layer.activation.slopes)]
    case let layer as BatchNormalization:
      all = [
        ("weight", layer.scale), ("bias", layer.shift), ("running_mean", layer.mean),
        ("running_var", layer.variance),
      ]
    case let layer as LayerNormalization: all = [("weight", layer.scale), ("bias", layer.shift)]
    case let layer as RMSNormalization: all = [("weight", layer.scale)]
    case let layer as GroupNormalization: all = [("weight", layer.scale), ("bias", layer.shift)]
    case let layer as Activation: all = [("weight", layer.function.slopes)]
    case let layer as Constant: all = [("value", layer.value)]
    default: break
    }
    return all.compactMap { name, tensor in tensor.map { (name, $0) } }
  }
}

extension ActivationFunction {
  fileprivate var slopes: Tensor? {
    if case .parametricReLU(let slopes) = self { slopes } else { nil }
  }
}
