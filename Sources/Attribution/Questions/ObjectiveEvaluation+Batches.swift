import FeatureVisualization

extension ObjectiveEvaluation {
  /// The first `count` pictures of the batch.
  func first(_ count: Int) -> ObjectiveEvaluation {
    guard count < values.count else { return self }
    return ObjectiveEvaluation(
      values: Array(values.prefix(count)), gradient: gradient.first(count),
      layers: layers.map {
        Layer(activations: $0.activations.first(count), gradient: $0.gradient.first(count))
      })
  }

  /// All pictures of some batches.
  ///
  /// - Throws: `VisualizationError.invalidOperands` where there is no batch.
  static func joining(
    _ batches: [ObjectiveEvaluation], layerCount: Int
  ) throws(VisualizationError) -> ObjectiveEvaluation {
    if batches.count == 1 { return batches[0] }
    var layers: [Layer] = []
    for index in 0..<layerCount {
      layers.append(
        Layer(
          activations: try Tensor(stacking: batches.map { $0.layers[index].activations }),
          gradient: try Tensor(stacking: batches.map { $0.layers[index].gradient })))
    }
    return ObjectiveEvaluation(
      values: batches.flatMap(\.values), gradient: try Tensor(stacking: batches.map(\.gradient)),
      layers: layers)
  }
}

extension Tensor {
  /// The first pictures of the batch.
  fileprivate func first(_ count: Int) -> Tensor {
    Tensor(shape: [count] + shape.dropFirst()) { target in
      withUnsafeBufferPointer {
        _ = target.update(fromContentsOf: $0[..<(count * countPerPicture)])
      }
    }
  }
}
