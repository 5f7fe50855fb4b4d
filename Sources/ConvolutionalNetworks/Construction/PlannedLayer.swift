/// A layer of a network that is being written down: all of it but the numbers of random weights.
struct PlannedLayer {
  /// The layer with weights of the right shapes, which hold no numbers yet.
  let outline: Layer
  private let definition: LayerDefinition
  private let inputShapes: [[Int?]]
  private let layout: TensorLayout

  /// A layer that reads the values `inputs` of logical shapes `inputShapes`.
  init(
    _ definition: LayerDefinition, name: String, inputs: [String], inputShapes: [[Int?]],
    layout: TensorLayout
  ) throws(VisualizationError) {
    var nothing = WeightInitializer(.none)
    outline = try Self.layer(definition, name, inputs, inputShapes, layout, &nothing)
    (self.definition, self.inputShapes, self.layout) = (definition, inputShapes, layout)
  }

  /// The layer with its weights.
  func layer(_ weights: inout WeightInitializer) throws(VisualizationError) -> Layer {
    try Self.layer(definition, outline.name, outline.inputs, inputShapes, layout, &weights)
  }

  /// What is wrong with the layer, with its name.
  func mistake(_ error: ShapeError) -> VisualizationError {
    .invalidLayer(
      layer: outline.name, operation: definition.kind, inputs: inputShapes, reason: error.reason)
  }

  private static func layer(
    _ definition: LayerDefinition, _ name: String, _ inputs: [String], _ shapes: [[Int?]],
    _ layout: TensorLayout, _ weights: inout WeightInitializer
  ) throws(VisualizationError) -> Layer {
    var site = LayerSite(inputs: shapes, layout: layout, weights: weights)
    let operation: any LayerOperation
    do throws(ShapeError) {
      operation = try definition.make(&site)
    } catch {
      throw .invalidLayer(
        layer: name, operation: definition.kind, inputs: shapes, reason: error.reason)
    }
    guard operation.inputCount.contains(inputs.count) else {
      throw .inputCount(
        layer: name, operation: operation.kind, expected: operation.inputCount,
        actual: inputs.count)
    }
    weights = site.weights
    return Layer(name, operation, inputs: inputs)
  }
}
