import ConvolutionalNetworks

extension LayerID {
  /// The layer that a command line means: a name, or a position if no layer has the number as its name.
  init(argument: String, in network: NeuralNetwork) {
    let name = LayerID.name(argument)
    if (try? network.position(of: name)) == nil, let position = Int(argument) {
      self = .position(position)
    } else {
      self = name
    }
  }
}
