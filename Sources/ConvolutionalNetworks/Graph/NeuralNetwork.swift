/// A trained network: an immutable graph of named layers.
///
/// A value like any other: editing gives another network that shares its weights with the first. Weights of dense layers
/// straight behind a rectifier lie in an order of the network's own (see `Dense.weights`).
public struct NeuralNetwork: Sendable {
  /// The axis order of logical shapes, but for layers that state their own.
  public let layout: TensorLayout
  /// What the network is fed.
  public let inputs: [NetworkInput]
  /// The layers, each after those it reads from.
  public let layers: [Layer]
  /// The names of the values the network was made to compute.
  public let outputs: [String]
  /// The names of the classes, in the order of the last layer's units; `nil` where nobody said.
  public var labels: [String]?
  /// The networks of which this one was joined; empty of any other.
  public internal(set) var parts: [Part] = []

  /// Position of the layer that writes a value, and which of its outputs it is.
  package let producers: [String: (layer: Int, output: Int)]
  private let layerPositions: [String: Int]

  /// A network of these layers, in any order.
  ///
  /// - Throws: `VisualizationError` for duplicate names, values that nothing writes, cycles, wrong numbers of
  ///   inputs and weights that are not finite.
  /// - Complexity: O(layers + weights).
  public init(
    layout: TensorLayout, inputs: [NetworkInput], layers: [Layer], outputs: [String],
    labels: [String]? = nil
  ) throws(VisualizationError) {
    let order = try Self.topologicalOrder(inputs: inputs, layers: layers)
    let sorted = order.map { layers[$0] }
    var producers: [String: (layer: Int, output: Int)] = [:]
    var positions: [String: Int] = [:]
    var checked: Set<ObjectIdentifier> = []
    for (position, layer) in sorted.enumerated() {
      guard positions.updateValue(position, forKey: layer.name) == nil else {
        throw .duplicateName(layer.name)
      }
      guard layer.operation.inputCount.contains(layer.inputs.count) else {
        throw .inputCount(
          layer: layer.name, operation: layer.operation.kind,
          expected: layer.operation.inputCount, actual: layer.inputs.count)
      }
      for (output, value) in layer.outputs.enumerated() {
        producers[value] = (position, output)
      }
      try Self.checkNumbers(of: layer, &checked)
    }
    let inputNames = Set(inputs.map(\.name))
    for output in outputs where producers[output] == nil && !inputNames.contains(output) {
      throw .undefinedValue(output, layer: "(outputs)")
    }
    self.layout = layout
    self.inputs = inputs
    var rectified = RectifiedValues()
    self.layers = sorted.map { layer in
      rectified.add(layer)
      return layer.turningDenseWeights(behind: rectified)
    }
    self.outputs = outputs
    self.labels = labels
    self.producers = producers
    layerPositions = positions
  }

  /// The position of a layer in `layers`. An output of the network goes by its own name, then a layer by its, then any
  /// value that a layer writes.
  ///
  /// - Throws: `VisualizationError.unknownLayer` with the nearest names.
  public func position(of id: LayerID) throws(VisualizationError) -> Int {
    switch id {
    case .name(let name):
      let writer = producers[name]?.layer
      let position =
        outputs.contains(name) ? writer ?? layerPositions[name] : layerPositions[name] ?? writer
      if let position { return position }
      let names = layers.map(\.name)
      throw .unknownLayer("\(id)", nearest: nearestNames(to: name, in: names))
    case .position(let position):
      let index = position < 0 ? position + layers.count : position
      guard layers.indices.contains(index) else {
        throw .unknownLayer("\(id)", nearest: layers.last.map { [$0.name] } ?? [])
      }
      return index
    }
  }

  /// The layer that `id` names.
  ///
  /// - Throws: `VisualizationError.unknownLayer` with the nearest names.
  public func layer(_ id: LayerID) throws(VisualizationError) -> Layer {
    layers[try position(of: id)]
  }

  /// The value that a tap on `id` sees: the layer's first output, or the output that `id` names.
  package func value(of id: LayerID) throws(VisualizationError) -> String {
    let layer = try layer(id)
    if case .name(let name) = id, layer.name != name || outputs.contains(name),
      layer.outputs.contains(name)
    {
      return name
    }
    return layer.outputs[0]
  }

  /// The number of trained numbers in the network.
  public var parameterCount: Int { layers.reduce(0) { $0 + $1.operation.parameterCount } }
}
