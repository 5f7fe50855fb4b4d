internal import ConvolutionalNetworks
internal import FeatureVisualization
internal import RecipeLanguage

extension NeuralNetwork {
  /// The shapes of all inputs for one picture of the size that a recipe says, or else the network, channels last.
  ///
  /// - Throws: `VisualizationError` where nobody says the size, or how pictures are fed to the network.
  func inputShapes(
    for recipe: Recipe, heldInputs: [String: Tensor]
  ) throws(VisualizationError) -> [String: [Int]] {
    let picture = try PictureInput(of: self, heldInputs: heldInputs, pictureCount: 1)
    let size = try picture.form.size(height: recipe.size?.first, width: recipe.size?.last)
    var shapes = heldInputs.mapValues(\.shape)
    shapes[picture.input.name] = picture.form.inputShape(size, count: 1)
    return shapes
  }
}
