import FeatureVisualization
import Testing

/// The first steps of a recipe can be of smaller pictures, in every way that two recipes one after another are.
struct SmallStartTests {
  private let objective = ActivationMaximization(layer: "logits", units: [1])

  /// - Parameter pools: whether logits can be computed from pictures of any size.
  private func network(pools: Bool = true) throws -> NeuralNetwork {
    try .sequential(
      .picture(height: 24, width: 24), seed: 11,
      [
        .convolution(6, kernel: 3, name: "conv"), .activation(.relu, name: "act"),
        pools ? .globalAveragePooling : .flatten, .dense(3, name: "logits"),
      ])
  }

  private func recipe(_ iterations: Int) -> Preset {
    Preset(
      name: "spectra", parameterization: Fourier(deviation: 0.3), optimizer: Adam(),
      iterations: iterations)
  }

  @Test func `it is what two stages of two sizes are`() throws {
    var small = recipe(2).with(\.size, 12)
    small.stages = [recipe(6).with(\.size, 24)]
    let expected = try network().visualizeActivationWithLosses(objective, preset: small)
    let found = try network().visualizeActivationWithLosses(
      objective, preset: recipe(8).with(\.smallStart, SmallStart(share: 0.25)))
    #expect(found.pictures == expected.pictures && found.pictures.shape == [1, 24, 24, 3])
    #expect(found.history.count == 8)
  }

  @Test func `a canvas becomes smaller, too`() throws {
    var whole = recipe(4).with(\.canvas, Canvas(height: 30, width: 20))
    whole.smallStart = SmallStart(share: 0.5, scale: 0.5)
    whole.snapshots = [0, 2]
    let drawn = try network(pools: false).visualizeActivationWithLosses(objective, preset: whole)
    #expect(drawn.pictures.shape == [1, 30, 20, 3])
    #expect(drawn.snapshots.map(\.pictures.shape) == [[1, 15, 10, 3], [1, 30, 20, 3]])
  }

  /// An animation takes its pictures at steps of the run, whatever the sizes.
  @Test func `snapshots count through the steps of both sizes`() throws {
    var whole = recipe(8).with(\.smallStart, SmallStart(share: 0.5))
    whole.snapshots = [1, 4, 7]
    let drawn = try network().visualizeActivationWithLosses(objective, preset: whole)
    #expect(drawn.snapshots.map(\.stage) == [0, 1, 1])
    #expect(drawn.snapshots.map(\.iteration) == [1, 0, 3])
    #expect(drawn.snapshots.map { $0.pictures.shape[1] } == [12, 24, 24])
  }

  @Test func `layers that need the whole size get it in all steps`() throws {
    var whole = recipe(4).with(\.smallStart, SmallStart(share: 0.5))
    whole.snapshots = [0]
    let drawn = try network(pools: false).visualizeActivationWithLosses(objective, preset: whole)
    #expect(drawn.snapshots.allSatisfy { $0.pictures.shape == [1, 24, 24, 3] })
  }

  @Test func `one step is of the whole picture, and so are steps from a picture that is given`()
    throws
  {
    var single = recipe(1).with(\.smallStart, SmallStart(share: 0.5))
    single.snapshots = [0]
    let one = try network().visualizeActivationWithLosses(objective, preset: single)
    #expect(one.snapshots.map(\.pictures.shape) == [[1, 24, 24, 3]])
    single.iterations = 4
    single.start = .picture(Tensor(shape: [1, 24, 24, 3], repeating: 0.4))
    let given = try network().visualizeActivationWithLosses(objective, preset: single)
    #expect(given.history.count == 4)
    #expect(given.snapshots.map(\.pictures.shape) == [[1, 24, 24, 3]])
  }

  @Test(
    "shares and scales that are none are refused",
    arguments: [
      (0, 0.5), (1, 0.5), (Double.nan, 0.5), (0.5, 0), (0.5, 1), (-1, 2), (0.5, .nan),
      (0.5, .infinity), (0.5, 1e300),
    ])
  func refusals(share: Double, scale: Double) throws {
    let network = try network()
    let wrong = recipe(4).with(\.smallStart, SmallStart(share: share, scale: scale))
    #expect(throws: VisualizationError.self) {
      _ = try network.visualizeActivationWithLosses(objective, preset: wrong)
    }
  }
}
