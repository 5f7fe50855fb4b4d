import ConvolutionalNetworks

/// A run of a network whose values go in and come out in its file's axis order.
struct LogicalRun {
  private let network: NeuralNetwork
  private let workspace: Workspace
  private let shapes: [String: [Int]]

  /// - Parameter inputs: values in the file's axis order, by name.
  init(_ network: NeuralNetwork, _ inputs: [String: Tensor]) throws {
    self.network = network
    var given: [String: Tensor] = [:]
    var presented: [String: Tensor] = [:]
    for input in network.inputs {
      guard let tensor = inputs[input.name] else { continue }
      given[input.name] = tensor
      presented[input.name] = tensor.transposed(Self.presentedAxes(of: input, rank: tensor.rank))
    }
    let flat = try Self.flattened(network)
    let program = try Program(
      flat, inputShapes: presented.mapValues(\.shape), taps: flat.outputs.map { .name($0) })
    workspace = try Workspace(program)
    shapes = try network.inferShapes(given.mapValues(\.shape)).shapes
    for (name, tensor) in presented { workspace.setInput(name, to: tensor) }
    workspace.forward()
  }

  /// The network's outputs, in order.
  var outputs: [Tensor] {
    network.outputs.indices.map { position in
      workspace.tap(position).reshaped(to: shapes[network.outputs[position]] ?? [])
    }
  }

  /// The gradient of the sum over all outputs of `weight` of an element's position times the element.
  func gradients(weight: (Int) -> Float) -> [String: Tensor] {
    for position in network.outputs.indices {
      workspace.withTapGradient(position) { gradient in
        for i in gradient.indices { gradient[i] = weight(i) }
      }
    }
    workspace.pullback()
    var gradients: [String: Tensor] = [:]
    for input in network.inputs {
      guard let rank = shapes[input.name]?.count else { continue }
      let axes = Self.presentedAxes(of: input, rank: rank)
      let inverse = axes.indices.map { axis in axes.firstIndex(of: axis) ?? axis }
      gradients[input.name] = workspace.inputGradient(input.name).transposed(inverse)
    }
    return gradients
  }

  /// The same network with its outputs flattened: those lie in the file's order, wherever the program puts the channels of the
  /// originals.
  static func flattened(_ network: NeuralNetwork) throws -> NeuralNetwork {
    let flattened = network.outputs.enumerated().map { position, output in
      Layer("flattened output \(position)", Flatten(axis: 0), inputs: [output])
    }
    return try NeuralNetwork(
      layout: network.layout, inputs: network.inputs, layers: network.layers + flattened,
      outputs: flattened.map(\.name))
  }

  /// The axes of an input in the order in which programs take it.
  static func presentedAxes(of input: NetworkInput, rank: Int) -> [Int] {
    var axes = Array(0..<rank)
    if let channels = input.channelAxis { axes.append(axes.remove(at: channels)) }
    return axes
  }
}
