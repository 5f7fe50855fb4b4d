public import FeatureVisualization

extension AttributionQuestion {
  /// The bytes that runs may take.
  package var memoryLimit: Int { compiled.memoryLimit }

  /// The same question about another picture of the same size; it shares what is compiled.
  ///
  /// - Parameter picture: `[1, H, W, C]` like the question's.
  /// - Throws: `VisualizationError.invalidArgument` for another shape.
  public func asked(about picture: Tensor) throws(VisualizationError) -> AttributionQuestion {
    guard picture.shape == self.picture.shape else {
      throw .invalidArgument("picture", "shape \(picture.shape) is not \(self.picture.shape)")
    }
    return AttributionQuestion(compiled, picture, layer, seed, backpropModifier)
  }
}
