import FeatureVisualization

/// The least and the largest value that what layers read can have for any picture, where only steps that keep order, such
/// as padding and scaling, come before: those of a black and a white picture.
struct InputBounds {
  private let question: AttributionQuestion
  private let graph: LayerwiseGraph
  private let memoryLimit: Int
  private var extremes: (black: LayerValues, white: LayerValues)?

  init(_ question: AttributionQuestion, _ graph: LayerwiseGraph, memoryLimit: Int) {
    (self.question, self.graph, self.memoryLimit) = (question, graph, memoryLimit)
  }

  /// The bounds of what a first layer reads.
  mutating func bounds(of layer: VisitedLayer) throws(VisualizationError) -> (
    low: Tensor, high: Tensor
  ) {
    let (black, white) = try evaluated()
    let value = layer.reads[0]
    return (
      try black[value].combined(with: white[value], min),
      try black[value].combined(with: white[value], max)
    )
  }

  /// What first layers read of a black and a white picture.
  private mutating func evaluated() throws(VisualizationError) -> (LayerValues, LayerValues) {
    if let extremes { return extremes }
    let read = Set(graph.first.compactMap { graph.network.layers[$0].inputs.first })
    func values(_ grey: Float) throws(VisualizationError) -> LayerValues {
      try LayerValues(
        of: graph,
        inputs: try PictureAsInput(
          question, picture: Tensor(shape: question.picture.shape, repeating: grey)
        ).values,
        wanted: read.sorted(), memoryLimit: memoryLimit)
    }
    let found = (try values(0), try values(1))
    extremes = found
    return found
  }
}
