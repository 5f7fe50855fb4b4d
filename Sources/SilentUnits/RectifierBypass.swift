import ConvolutionalNetworks

/// A network that also has a layer's output as it would be if the rectifiers that it comes from passed everything: what a
/// unit is before its activation.
///
/// All other layers stay as they are. Behind a joint, a pooling or a normalization, these are there twice: of the rectified
/// values and of those before.
struct RectifierBypass: Sendable {
  /// The network with the further layers.
  let network: NeuralNetwork
  /// The layer before the activation, in the shape of the layer itself.
  let layer: LayerID
  /// Whether the layer is 0 where its rectifiers pass nothing, and nowhere below.
  let restsAtZero: Bool

  /// - Returns: `nil` where no rectifier stands between the layer and what it is computed from.
  /// - Throws: `VisualizationError` for a layer that is not there.
  init?(of network: NeuralNetwork, before layer: LayerID) throws(VisualizationError) {
    let tapped = try network.value(of: layer)
    var copies = Copies(network)
    let positions = copies.positions(behindRectifiersOf: tapped)
    for position in positions { try copies.add(position) }
    guard let value = copies.values[tapped] else { return nil }
    let name = copies.unusedName(like: tapped)
    self.layer = .name(name)
    restsAtZero = copies.restsAtZero
    var whole = try NeuralNetwork(
      layout: network.layout, inputs: network.inputs,
      layers: network.layers + copies.layers + [Layer(name, Identity(), inputs: [value])],
      outputs: network.outputs)
    whole.labels = network.labels
    self.network = whole
  }
}

/// The layers that are there twice.
private struct Copies {
  let network: NeuralNetwork
  private(set) var layers: [Layer] = []
  /// What stands for a value: the one before the activation.
  private(set) var values: [String: String] = [:]
  private(set) var restsAtZero = true
  private var names: Set<String>

  init(_ network: NeuralNetwork) {
    self.network = network
    names = Set(network.layers.flatMap { [$0.name] + $0.outputs } + network.inputs.map(\.name))
  }

  /// The rectifiers that a value comes from, and the layers between, in the order of the network.
  mutating func positions(behindRectifiersOf value: String) -> [Int] {
    var found: Set<Int> = []
    var waiting = [value]
    while let next = waiting.popLast() {
      guard let position = network.producers[next]?.layer, !found.contains(position) else {
        // What the picture itself is, is not held at 0.
        if network.producers[next] == nil { restsAtZero = false }
        continue
      }
      let layer = network.layers[position]
      if let floor = layer.operation.rectifierFloor {
        found.insert(position)
        if floor != 0 { restsAtZero = false }
      } else if layer.operation.handsOn, layer.outputs.count == 1 {
        found.insert(position)
        waiting += layer.inputs
        if layer.operation is BatchNormalization { restsAtZero = false }
      } else {
        restsAtZero = false
      }
    }
    return found.sorted()
  }

  /// Notes what stands for the output of a layer whose inputs are settled.
  mutating func add(_ position: Int) throws(VisualizationError) {
    let layer = network.layers[position]
    if layer.operation.rectifierFloor != nil {
      guard !(layer.operation is Activation) else {
        values[layer.outputs[0]] = layer.inputs[0]
        return
      }
      try append(layer, try linear(position), layer.inputs)
    } else if layer.inputs.contains(where: { values[$0] != nil }) {
      try append(layer, layer.operation, layer.inputs.map { values[$0] ?? $0 })
    }
  }

  /// The operation of a layer without the rectifier that is fused into it.
  private func linear(_ position: Int) throws(VisualizationError) -> any LayerOperation {
    let layer = network.layers[position]
    guard let own = layer.operation as? Convolution else {
      return try network.replacingActivation(of: .position(position), with: .linear)
        .layer(.name(layer.name)).operation
    }
    return Convolution(
      weights: own.weights, bias: own.bias, stride: own.window.stride,
      dilation: own.window.dilation, padding: own.window.padding, groups: own.groups)
  }

  private mutating func append(
    _ layer: Layer, _ operation: any LayerOperation, _ inputs: [String]
  ) throws(VisualizationError) {
    let name = unusedName(like: layer.outputs[0])
    layers.append(Layer(name, operation, inputs: inputs, layout: layer.layout))
    values[layer.outputs[0]] = name
  }

  /// A name that nothing in the network has.
  mutating func unusedName(like value: String) -> String {
    var name = "\(value) before its activation"
    while !names.insert(name).inserted { name += "'" }
    return name
  }
}

extension LayerOperation {
  /// What a rectifier that the operation is, or ends with, makes of everything that it does not pass; `nil` of others.
  fileprivate var rectifierFloor: Float? {
    let function: ActivationFunction? =
      switch self {
      case let activation as Activation: activation.function
      case let dense as Dense: dense.activation
      case let convolution as Convolution: convolution.activation
      default: nil
      }
    return switch function {
    case .relu, .thresholdedReLU: 0
    case .clip(let low, let high) where low < high: low
    default: nil
    }
  }

  /// Whether the operation leaves units what they are: it joins, moves, pools or scales them, each for itself.
  fileprivate var handsOn: Bool {
    switch self {
    case is Identity, is Concatenation, is GlobalPooling, is Flatten, is Reshape, is Squeeze,
      is Unsqueeze, is Transpose, is LocalResponseNormalization, is BatchNormalization:
      true
    case let pooling as Pooling: !pooling.isNorm
    default: false
    }
  }
}

extension Pooling {
  fileprivate var isNorm: Bool { if case .norm = reduction { true } else { false } }
}
