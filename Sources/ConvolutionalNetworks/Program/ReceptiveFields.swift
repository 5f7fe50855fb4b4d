/// The parts of an input that the positions of a layer's feature map depend on: their receptive fields.
///
///     let fields = try ReceptiveFields(of: "inception_4c/output", in: network, input: "data", shapes: ["data": [1, 224, 224, 3]])
///     let seen = try fields.field(at: .cell(row: 6, column: 6))
///
/// Padding is no part of the input, so that fields at its edges are smaller. What needs its input whole, such as global
/// pooling, has all of it as its field. The cells between those of a dilated window count as seen.
public struct ReceptiveFields: Sendable {
  /// The layer's name.
  public let layer: String
  /// The shape of the layer's output, feature maps as `[N, H, W, C]`.
  public let shape: [Int]
  /// Whether the output is a feature map, so that it has positions.
  public let hasPositions: Bool

  private let graph: ProgramGraph
  private let value: String
  private let input: String

  /// The receptive fields of a layer in an input.
  ///
  /// - Parameters:
  ///   - layer: the layer whose positions are asked about.
  ///   - input: the input in which the fields lie.
  ///   - shapes: of all inputs that the layer depends on, feature maps as `[N, H, W, C]`.
  /// - Throws: `VisualizationError` for a layer that is not there, and for shapes that the network cannot take.
  /// - Complexity: O(layers): nothing is compiled.
  public init(
    of layer: LayerID, in network: NeuralNetwork, input: String, shapes: [String: [Int]]
  ) throws(VisualizationError) {
    value = try network.value(of: layer)
    graph = try ProgramGraph(
      network, inputShapes: try network.logicalInputShapes(shapes), tapped: [value])
    self.layer = try network.layer(layer).name
    self.input = input
    let logical = graph.shapes[value] ?? []
    hasPositions = graph.featureMaps.contains(value)
    shape = hasPositions ? graph.presentedShape(logical, graph.layout(of: value)) : logical
    guard graph.shapes[input] != nil else { throw .missingInput(name: input) }
  }

  /// The rectangle of the input that a position depends on.
  ///
  /// - Returns: the field, within the input; empty where the position does not depend on the input.
  /// - Throws: `VisualizationError` for a layer without positions, and for a position outside its map.
  /// - Complexity: O(layers).
  public func field(at position: MapPosition) throws(VisualizationError) -> MapRegion {
    guard hasPositions else { throw .noPositions(layer: layer, shape: shape) }
    try position.validate(in: shape, layer: layer)
    let wanted = graph.region(of: [position], in: value).map { [value: $0] } ?? [:]
    guard let read = graph.dependencies(of: wanted).parts[input] else {
      return MapRegion(rows: 0..<0, columns: 0..<0)
    }
    return graph.mapRegion(read, of: input)
  }
}
