import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// Objectives of the catalogue keep their meaning in batches, with several views, and where pictures are done early.
struct BatchObjectiveTests {
  private let vectors = [[1, 0, 0.5, 0], [0, -1, 0, 0.5], [0.5, 0.5, 0.5, 0.5]].map {
    Tensor(shape: [4], elements: $0.map { Float($0) })
  }

  /// Pictures of a batch that have a direction or a class of their own are what they are alone.
  @Test func `a picture of a batch is what it is alone`() throws {
    let network = try SmoothNetwork.unit.make()
    let batch = try network.visualizeActivationWithLosses(
      Direction(layer: "conv2", eachOf: vectors, by: .cosine)
        + CrossEntropy(layer: "dense", eachOf: [4, 0, 2]), preset: .smallSteps(4),
      seeds: [1, 2, 3])
    let alone = try network.visualizeActivationWithLosses(
      Direction(layer: "conv2", vectors[1], by: .cosine) + CrossEntropy(layer: "dense", class: 0),
      preset: .smallSteps(4), seeds: [2])
    #expect(batch.pictures.picture(1) == alone.pictures)
  }

  /// Several views at once ask for the losses of some pictures, several times each.
  @Test func `views at once have the objectives of their pictures`() throws {
    let ofUnits =
      Direction(layer: "conv2", eachOf: vectors) + Margin(layer: "dense", eachOf: [4, 0, 2])
    let between = Interpolation(layer: "conv1", from: 0, to: 3, shares: [0, 0.3, 1])
    let near = 0.1 * InputDistance(to: Tensor(shape: [3, 14, 14, 3], repeating: 0.4))
    let objective = ofUnits + between + near
    var recipe = Preset.smallSteps(3)
    recipe.inputModifiers = [.jitter(2)]
    recipe.views = 2
    let inTurn = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      objective, preset: recipe, seeds: [1, 2, 3])
    recipe.viewsAtOnce = 2
    let atOnce = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      objective, preset: recipe, seeds: [1, 2, 3])
    #expect(largestDifference(inTurn.pictures.elements, atOnce.pictures.elements) < 1e-5)
  }

  /// Protects shares: after pictures have left, an interpolation would be another one.
  @Test func `a batch is not parted where places count`() {
    #expect(Interpolation(layer: "a", from: 0, to: 1).selecting([1]) == nil)
    #expect(Interpolation(layer: "a", from: 0, to: 1, shares: [0, 1]).selecting([1]) != nil)
    #expect(Diversity(layer: "a").selecting([0, 1]) == nil)
    #expect(Alignment(layer: "a").selecting([0]) == nil)
    #expect(BatchStatistics([], over: .batch).selecting([0]) == nil)
    #expect(BatchStatistics([], over: .picture).selecting([0]) != nil)
    #expect(Direction(layer: "a", eachOf: vectors).selecting([3]) == nil)
    #expect(CrossEntropy(layer: "a", eachOf: [1, 2]).selecting([2]) == nil)
  }

  /// A loss that couples pictures without saying so would be ranked picture by picture.
  private struct Silent: ExpressionLoss {
    let tapes = TapeCache()
    var name: String { "Silent" }
    var subjects: [LossSubject] { [.layer("a")] }
    func expression(for shapes: [[Int]]) -> TensorExpression {
      let activations = TensorExpression.layer("a")
      return (activations - activations.mean(over: .pictures)).squared().mean()
    }
  }

  @Test func `coupling that is not stated is told`() {
    #expect(
      throws: VisualizationError.brokenRule(
        type: "Silent",
        rule: "couplesPictures is true where an operation goes over pictures")
    ) { try Silent().validate([[2, 3]]) }
    #expect(throws: VisualizationError.self) { try Silent().validate([[0, 3]]) }
  }
}
