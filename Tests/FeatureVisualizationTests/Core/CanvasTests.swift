import FeatureVisualization
import Testing

/// A picture of another size than the network's input: seen resized or cropped, and scored so.
struct CanvasTests {
  private func draw(_ canvas: Canvas?, _ modifiers: [any InputModifier] = []) throws
    -> Visualization
  {
    var recipe = Preset.smallSteps(20)
    recipe.canvas = canvas
    return try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      ActivationMaximization(layer: "dense", units: [1]),
      preset: recipe.with(\.inputModifiers, modifiers))
  }

  private func resized(_ picture: Tensor, _ transformation: any PictureTransformation) throws
    -> Tensor
  {
    Tensor(shape: [1, 14, 14, 3], elements: transformation.transformed(picture.elements))
  }

  @Test(arguments: [CanvasFit.resizing, .cropping])
  func `the score is that of the whole picture as it is fitted`(fit: CanvasFit) throws {
    let drawn = try draw(Canvas(height: 21, width: 30, fit: fit))
    #expect(drawn.pictures.shape == [1, 21, 30, 3])
    #expect(drawn.scores[0] > drawn.history[0].objectives[0])
    let size = PictureSize(height: 21, width: 30)
    let seen = try resized(
      drawn.pictures,
      fit == .resizing
        ? Resampling.resize(size, height: 14, width: 14)
        : Translation.centered(size, height: 14, width: 14))
    let score = try SmoothNetwork.unit.make().evaluate(seen, at: "dense")[0, 1]
    #expect(abs(drawn.scores[0] - score) < 1e-4)
  }

  @Test func `a canvas of the network's own size changes nothing`() throws {
    #expect(try draw(Canvas(height: 14, width: 14)).pictures == draw(nil).pictures)
  }

  @Test func `a smaller canvas is enlarged`() throws {
    let drawn = try draw(Canvas(height: 5, width: 5))
    #expect(drawn.pictures.shape == [1, 5, 5, 3])
    #expect(drawn.scores[0] > drawn.history[0].objectives[0])
  }

  @Test func `impossible canvases are refused`() {
    for (height, width) in [(0, 4), (4, -1), (4, 1 << 20)] {
      #expect(throws: VisualizationError.self) { try draw(Canvas(height: height, width: width)) }
    }
  }
}
