internal import ConvolutionalNetworks

/// Which unit of which layer a unit of a value is, through layers that hand units on: activations, normalizations, pooling,
/// and channels that are put side by side.
struct UnitFlow {
  private let network: NeuralNetwork
  private let shapes: [String: [Int]]

  /// A unit of a layer, by their places.
  struct Place: Hashable {
    let position: Int
    let unit: Int
  }

  init(_ network: NeuralNetwork, shapes: [String: [Int]]) {
    (self.network, self.shapes) = (network, shapes)
  }

  /// Where a unit of a value comes from: the first layer up the graph that satisfies `stops`, or computes units anew.
  ///
  /// - Returns: `nil` where it is a channel of an input.
  func origin(of value: String, unit: Int, stoppingAt stops: (Int) -> Bool) -> Place? {
    var (value, unit) = (value, unit)
    while let producer = network.producers[value] {
      let layer = network.layers[producer.layer]
      if producer.output == 0, stops(producer.layer) {
        return Place(position: producer.layer, unit: unit)
      }
      switch layer.operation {
      case let join as Concatenation where joinsChannels(join, layer):
        guard let (branch, own) = branch(of: layer, unit: unit) else { return nil }
        (value, unit) = (branch, own)
      case is Activation, is BatchNormalization, is LocalResponseNormalization, is Pooling,
        is GlobalPooling, is Identity:
        value = layer.inputs[0]
      case is Flatten, is Reshape, is Squeeze:
        // Units stay what they are only where a map has one position.
        guard shapes[layer.inputs[0]].map({ units(of: $0) == $0.reduce(1, *) }) ?? false else {
          return Place(position: producer.layer, unit: unit)
        }
        value = layer.inputs[0]
      default: return Place(position: producer.layer, unit: unit)
      }
    }
    return nil
  }

  /// The value that a value is the flattened map of, and how its numbers are laid out: of each channel all positions, or of
  /// each position all channels.
  func map(flattenedTo value: String) -> (value: String, channels: Int, isByChannels: Bool)? {
    guard let producer = network.producers[value],
      case let layer = network.layers[producer.layer],
      layer.operation is Flatten || layer.operation is Reshape,
      let shape = shapes[layer.inputs[0]], shape.count >= 3, shape[0] == 1,
      shapes[value] == [1, shape.reduce(1, *)]
    else { return nil }
    return (layer.inputs[0], units(of: shape), network.layout == .channelsFirst)
  }

  /// The units of a value of this shape.
  private func units(of shape: [Int]) -> Int {
    shape.count > 2 ? shape[network.layout.channelAxis(rank: shape.count)] : shape.last ?? 1
  }

  private func joinsChannels(_ join: Concatenation, _ layer: Layer) -> Bool {
    guard let rank = shapes[layer.outputs[0]]?.count else { return false }
    let axis = join.axis < 0 ? join.axis + rank : join.axis
    return axis == (rank > 2 ? network.layout.channelAxis(rank: rank) : rank - 1)
  }

  private func branch(of layer: Layer, unit: Int) -> (value: String, unit: Int)? {
    var unit = unit
    for value in layer.inputs {
      guard let shape = shapes[value] else { return nil }
      if unit < units(of: shape) { return (value, unit) }
      unit -= units(of: shape)
    }
    return nil
  }
}
