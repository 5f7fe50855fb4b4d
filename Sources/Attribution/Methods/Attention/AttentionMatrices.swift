import FeatureVisualization

/// The attention of all layers at a picture, each the mean over its heads.
struct AttentionMatrices {
  /// The number of tokens that attend to one another.
  let tokenCount: Int
  /// T × T each, rows of what a token reads, from the first layer to the last.
  let matrices: [[Double]]

  /// Finds the attention that an objective depends on.
  ///
  /// - Throws: `VisualizationError.incompatible` where there is none, or layers have several numbers of tokens.
  init(_ question: AttributionQuestion) throws(VisualizationError) {
    let start = try ObjectiveStart(question, for: "attention rollout")
    let picture = try PictureAsInput(question)
    let graph = try LayerwiseGraph(
      question.network, input: picture.input.name,
      inputShapes: picture.values.mapValues(\.shape), starts: start.values)
    let found = graph.positions.compactMap { position -> String? in
      let layer = graph.network.layers[position]
      guard let activation = graph.operations[position] as? Activation,
        case .softmax(let axis) = activation.function, let value = layer.outputs.first,
        let shape = graph.shapes[value], (3...4).contains(shape.count),
        axis == -1 || axis == shape.count - 1, shape[shape.count - 1] == shape[shape.count - 2],
        shape.count == 3 || shape[0] == 1, shape[shape.count - 1] > 1
      else { return nil }
      return value
    }
    guard let first = found.first, let tokens = graph.shapes[first]?.last else {
      throw .incompatible(
        "attention rollout", "the objective",
        reason:
          "no softmax before it writes rows of attention, [N, heads, T, T]: class activation maps and gradients explain any network"
      )
    }
    for value in found where graph.shapes[value]?.last != tokens {
      throw .incompatible(
        "attention rollout", "attention '\(value)'",
        reason: "it is over \(graph.shapes[value]?.last ?? 0) tokens, and the first over \(tokens)")
    }
    let values = try LayerValues(
      of: graph, inputs: picture.values, wanted: found, memoryLimit: question.memoryLimit)
    tokenCount = tokens
    matrices = found.map { values[$0].meanOverHeads(tokens) }
  }
}

extension Tensor {
  fileprivate func meanOverHeads(_ tokens: Int) -> [Double] {
    let heads = count / (tokens * tokens)
    var sums = [Double](repeating: 0, count: tokens * tokens)
    let elements = span
    for index in elements.indices { sums[index % sums.count] += Double(elements[index]) }
    return sums.map { $0 / Double(heads) }
  }
}
