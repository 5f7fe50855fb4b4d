import FeatureVisualization

extension NeuralNetwork {
  /// The same network with constant factors and offsets merged into the weights beside them: batch normalization behind a
  /// dense layer or convolution, or else before one without padding, and constants added to a dense layer's result.
  ///
  /// What is merged computes the same; a batch normalization that has another reader, a rectifier or padding between
  /// itself and the weights stays. Values that stay keep their names.
  ///
  /// - Parameters:
  ///   - shapes: the logical shapes of values.
  ///   - kept: values that somebody looks at.
  func mergingNormalization(shapes: [String: [Int]], keeping kept: Set<String>)
    throws(VisualizationError) -> NeuralNetwork
  {
    var merging = NormalizationMerging(self, shapes: shapes, keeping: kept)
    for position in layers.indices { merging.mergeBackwards(position) }
    for position in layers.indices { merging.mergeForwards(position) }
    return try rewritten(merging.layers.compactMap(\.self))
  }
}

/// Layers on the way to being merged.
private struct NormalizationMerging {
  /// `nil` where a layer is merged into another.
  var layers: [Layer?]
  private let layout: TensorLayout
  private let shapes: [String: [Int]]
  private let kept: Set<String>
  private var writers: [String: Int] = [:]
  private var readers: [String: [Int]] = [:]

  init(_ network: NeuralNetwork, shapes: [String: [Int]], keeping kept: Set<String>) {
    layers = network.layers
    layout = network.layout
    self.shapes = shapes
    self.kept = kept.union(network.outputs)
    for (position, layer) in network.layers.enumerated() {
      for value in layer.outputs { writers[value] = position }
      let mentioned = Set(layer.inputs + layer.operation.valuesWhoseShapesMatter)
      for value in mentioned { readers[value, default: []].append(position) }
    }
  }

  /// Whether a value is of interest to the layer at `position` alone.
  private func isPrivate(_ value: String, to position: Int) -> Bool {
    !kept.contains(value) && readers[value] == [position]
  }

  /// Merges what scales and shifts channels into the layer before it.
  mutating func mergeBackwards(_ position: Int) {
    guard let layer = layers[position], let (value, factor, offset) = change(layer),
      isPrivate(value, to: position), let writer = writers[value], let before = layers[writer],
      before.outputs == [value], let weighted = WeightedOperation(before.operation),
      isOverUnits(weighted, value, of: layer), weighted.outputCount == factor.count
    else { return }
    layers[writer] = Layer(
      before.name, weighted.followed(byFactor: factor, offset: offset), inputs: before.inputs,
      outputs: layer.outputs, layout: before.layout)
    layers[position] = nil
    for output in layer.outputs { writers[output] = writer }
  }

  /// Merges batch normalization into the layer behind it.
  mutating func mergeForwards(_ position: Int) {
    guard let layer = layers[position], let normalization = layer.operation as? BatchNormalization,
      let reader = readers[layer.outputs[0]]?.first, isPrivate(layer.outputs[0], to: reader),
      let after = layers[reader], after.inputs == [layer.outputs[0]],
      let weighted = WeightedOperation(after.operation), weighted.hasNoPadding,
      isOverUnits(weighted, layer.outputs[0], of: layer)
    else { return }
    let (factor, offset) = normalization.factorAndOffset
    layers[reader] = Layer(
      after.name, weighted.preceded(byFactor: factor, offset: offset), inputs: layer.inputs,
      outputs: after.outputs, layout: after.layout)
    layers[position] = nil
  }

  /// The value that a layer scales and shifts, and by how much for each channel.
  private func change(_ layer: Layer) -> (value: String, factor: [Float], offset: [Float])? {
    switch layer.operation {
    case let normalization as BatchNormalization:
      let (factor, offset) = normalization.factorAndOffset
      return (layer.inputs[0], factor, offset)
    case let sum as Arithmetic where sum.operator == .add:
      for (value, other) in [(0, 1), (1, 0)].map({ (layer.inputs[$0.0], layer.inputs[$0.1]) }) {
        guard let writer = writers[value].flatMap({ layers[$0] }), writer.operation is Dense,
          let constant = (writers[other].flatMap { layers[$0] })?.operation as? Constant,
          let units = shapes[value]?.last, constant.value.count == units,
          constant.value.shape.last == units, shapes[layer.outputs[0]] == shapes[value]
        else { continue }
        return (value, Array(repeating: 1, count: units), constant.value.elements)
      }
      return nil
    default: return nil
    }
  }

  /// Whether the channels of batch normalization are the units of a dense layer; they always are a convolution's channels.
  private func isOverUnits(_ weighted: WeightedOperation, _ value: String, of layer: Layer) -> Bool
  {
    guard weighted.kind == .dense, layer.operation is BatchNormalization else { return true }
    guard let rank = shapes[value]?.count else { return false }
    return (layer.layout ?? layout).channelAxis(rank: rank) == rank - 1
  }
}

extension WeightedOperation {
  /// Whether each window lies within the map.
  fileprivate var hasNoPadding: Bool {
    switch operation {
    case let convolution as Convolution:
      if case .explicit(let before, let after) = convolution.window.padding {
        (before + after).allSatisfy { $0 == 0 }
      } else {
        convolution.window.kernel.allSatisfy { $0 == 1 }
      }
    // Cells that no window reaches, and edges that fewer reach, get another part of the offset.
    case is TransposedConvolution: false
    default: true
    }
  }
}
