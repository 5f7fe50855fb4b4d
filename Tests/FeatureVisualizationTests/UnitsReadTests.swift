import FeatureVisualization
import Testing

/// Protects losses that say which units they read: the pictures are those of a network computed whole.
@Suite struct UnitsReadTests {
  /// The same loss, which does not say what it reads.
  struct Silent: Loss {
    var loss: ActivationMaximization
    var name: String { loss.name }
    var subjects: [LossSubject] { [.layer(loss.layer)] }
    func validate(_ shapes: [[Int]]) throws { try loss.validate(shapes) }
    func values(_ tensors: TappedTensors) -> [Float] { loss.values(tensors) }

    func addGradients(
      of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
    ) {
      loss.addGradients(of: tensors, scales: scales, to: &gradients)
    }
  }

  @Test(arguments: ["dense", "conv2"] as [LayerID]) func oneUnit(layer: LayerID) throws {
    let loss = ActivationMaximization(layer: layer, units: [3])
    #expect(loss.subjects[0].units == [3])
    try expectSame([1 * loss], [1 * Silent(loss: loss)])
  }

  /// Protects a batch, each picture of which has units of its own.
  @Test func unitsOfEachPicture() throws {
    let loss = ActivationMaximization(layer: "dense", eachOf: [[4], [1, 2], [4]])
    #expect(loss.subjects[0].units == [1, 2, 4])
    try expectSame([1 * loss], [1 * Silent(loss: loss)], seeds: [1, 2, 3])
  }

  /// Protects losses that share a layer: each finds its units, by the number they have in the network.
  @Test func lossesOfOneLayer() throws {
    let first = ActivationMaximization(layer: "dense", units: [4])
    let second = ActivationMaximization(layer: "dense", units: [2])
    try expectSame(
      2 * first + -0.5 * second, 2 * Silent(loss: first) + -0.5 * Silent(loss: second))
    try expectSame(
      1 * first + 0.1 * SumOfSquares(layer: "dense"),
      1 * Silent(loss: first) + 0.1 * SumOfSquares(layer: "dense"))
    let dense = try SmoothNetwork.unit.make().position(of: "dense")
    let byPosition = ActivationMaximization(layer: .position(dense), units: [1])
    try expectSame(
      1 * first + 1 * byPosition, 1 * Silent(loss: first) + 1 * Silent(loss: byPosition))
  }

  @Test func allUnitsAreNotNamed() {
    #expect(ActivationMaximization(layer: "dense").subjects[0].units == nil)
    #expect(ActivationMaximization(layer: "dense", eachOf: [[1], []]).subjects[0].units == nil)
    #expect(ActivationMaximization(layer: "dense", units: ["ouzel"]).subjects[0].units == nil)
  }

  /// Protects against silence: a loss that reads more than it says is not finite.
  @Test func unitsThatAreNotReadAreNaN() throws {
    struct Liar: Loss {
      var name: String { "Liar" }
      var subjects: [LossSubject] { [.layer("dense", units: [1])] }
      func values(_ tensors: TappedTensors) -> [Float] { tensors[0].mapPictures { $0[0] } }
      func addGradients(
        of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
      ) {}
    }
    #expect(throws: VisualizationError.neverFinite(reason: "Liar is NaN")) {
      try SmoothNetwork.unit.make().visualizeActivationWithLosses(
        [1 * Liar()], preset: .smallSteps(2))
    }
  }
}
