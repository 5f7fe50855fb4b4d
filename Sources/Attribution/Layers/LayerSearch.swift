import FeatureVisualization

/// Walks from an objective back to the last layer through which everything goes that it sees of a picture's positions.
struct LayerSearch {
  /// The layer; `nil` where there is none.
  private(set) var found: PositionedLayer?

  private let positions: PicturePositions
  /// The values yet to be walked back from whose positions count.
  private var pending: Set<String>
  /// The values yet to be walked back from of which tokens without a position count alone, such as a class token.
  private var pendingOutside: Set<String> = []

  init(_ positions: PicturePositions, _ objective: Objective) {
    self.positions = positions
    let network = positions.network
    let tapped = Set(objective.tappedLayers.compactMap { try? network.value(of: $0) })
    pending = tapped
    for index in positions.layers.reversed() {
      let layer = network.layers[index]
      let counts = !pending.isDisjoint(with: layer.outputs)
      guard counts || !pendingOutside.isDisjoint(with: layer.outputs) else { continue }
      if counts, pending.subtracting(layer.outputs).isEmpty, tapped.isDisjoint(with: layer.outputs),
        pending.contains(layer.outputs[0]), let grid = positions.grid(ofValue: layer.outputs[0]),
        !grid.isOfTokens || grid.channels == positions.streamWidth(at: index)
      {
        found = PositionedLayer(layer: network.id(ofLayer: index), grid: grid)
        return
      }
      walkBack(from: index, layer, counts)
    }
  }

  private mutating func walkBack(from index: Int, _ layer: Layer, _ counts: Bool) {
    let read = layer.outputs.filter { pending.contains($0) || pendingOutside.contains($0) }
    pending.subtract(layer.outputs)
    pendingOutside.subtract(layer.outputs)
    for (place, value) in layer.inputs.enumerated() {
      guard let content = positions.axes[value] else { continue }
      // All tokens of a product's right factor go into each token that it writes: what attention weighs.
      let mixes = layer.operation is MatrixMultiplication && place == 1
      // What is put beside the positions is wanted whole.
      let isToken = layer.operation is Concatenation && !content.contains(where: \.hasPositions)
      let takesOutside = place == 0 && positions.takesTokensOutside(layer: index, reading: read)
      if (counts || mixes || isToken) && !takesOutside {
        pending.insert(value)
      } else {
        pendingOutside.insert(value)
      }
    }
  }
}

extension PicturePositions {
  /// The channels of the tokens that blocks of a transformer hand on up to a layer: of the last sum of two values with
  /// positions, or else of the first tokens.
  ///
  /// What a block makes of them in its midst, such as queries, keys and values in one, may have others.
  fileprivate func streamWidth(at index: Int) -> Int? {
    var first: Int?
    for position in layers.reversed() where position <= index {
      let layer = network.layers[position]
      guard let grid = grid(ofValue: layer.outputs[0]), grid.isOfTokens else { continue }
      let summands = layer.inputs.filter { self.grid(ofValue: $0)?.isOfTokens == true }
      if (layer.operation as? Arithmetic)?.operator == .add, summands.count == 2 {
        return grid.channels
      }
      first = grid.channels
    }
    return first
  }

  /// Whether what is read of a layer's outputs are tokens without a position alone.
  fileprivate func takesTokensOutside(layer index: Int, reading outputs: [String]) -> Bool {
    let layer = network.layers[index]
    guard let operation = operations[index], let content = axes[layer.inputs[0]],
      let shape = shapes[layer.inputs[0]],
      let axis = content.firstIndex(where: { $0.before + $0.after > 0 })
    else { return false }
    let inside = content[axis].before..<shape[axis] - content[axis].after
    switch operation {
    case let slice as Slice:
      guard let range = try? slice.ranges(for: shape)[axis] else { return false }
      return (0..<range.count).allSatisfy { !inside.contains(range.start + $0 * range.step) }
    case let gather as Gather:
      guard (gather.axis < 0 ? gather.axis + shape.count : gather.axis) == axis,
        let places = try? gather.places(extent: shape[axis])
      else { return false }
      return places.allSatisfy { !inside.contains($0) }
    case let split as Split:
      guard (split.axis < 0 ? split.axis + shape.count : split.axis) == axis else { return false }
      var start = 0
      for value in layer.outputs {
        let count = shapes[value]?[axis] ?? 0
        if outputs.contains(value), (start..<start + count).overlaps(inside) { return false }
        start += count
      }
      return true
    default: return false
    }
  }
}

extension NeuralNetwork {
  /// The layer at a position by its name, where that means its first output.
  fileprivate func id(ofLayer position: Int) -> LayerID {
    let layer = layers[position]
    let name = LayerID.name(layer.name)
    return (try? value(of: name)) == layer.outputs[0] ? name : .position(position)
  }
}
