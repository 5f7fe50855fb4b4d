import ConvolutionalNetworks

extension NeuralNetwork {
  /// Whether the units of a layer are the network's classes: it makes their scores, or only activations and layers that
  /// rearrange stand between.
  func areClasses(_ tap: Program.Tap) -> Bool {
    guard tap.wholeShape.reduce(1, *) == tap.unitCount,
      labels.map({ $0.count == tap.unitCount }) ?? true,
      let wanted = try? position(of: .name(tap.layer))
    else { return false }
    var value = scoreOutput
    while let position = value.flatMap({ producers[$0]?.layer }) {
      if position == wanted { return true }
      switch layers[position].operation {
      case is Activation, is Identity, is Flatten, is Reshape, is Squeeze, is Unsqueeze,
        is Transpose:
        value = layers[position].inputs.first
      default: return false
      }
    }
    return false
  }
}
