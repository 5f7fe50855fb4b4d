import FeatureVisualization
import Synchronization
import Testing

/// What goes wrong inside a run is reported and costs only the picture it happens to.
struct WarningTests {
  /// The unit's activation, NaN for one picture from an evaluation on.
  private final class Failing: Loss {
    private let evaluations = Mutex(0)
    private let first: Int
    let layer: LayerID = "dense"

    init(first: Int) { self.first = first }

    var name: String { "Failing" }
    var subjects: [LossSubject] { [.layer(layer)] }

    func values(_ tensors: TappedTensors) -> [Float] {
      let evaluation = evaluations.withLock {
        $0 += 1
        return $0 - 1
      }
      let tensor = tensors[0]
      return (0..<tensor.pictureCount).map { picture in
        picture == 1 && evaluation >= first ? .nan : -tensor[picture: picture][0]
      }
    }

    func addGradients(
      of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
    ) {
      for (picture, scale) in scales.enumerated() {
        var gradient = gradients[0, picture: picture]
        gradient[0] -= scale
      }
    }
  }

  @Test(arguments: [0, 3], ["erhan", "lucid"])
  func `a loss that is not a number stops its picture and no other`(first: Int, preset: String)
    throws
  {
    let network = try SmoothNetwork.unit.make()
    let visualization = try network.visualizeActivationWithLosses(
      [1 * Failing(first: first)], preset: try .named(preset), iterations: 6, seeds: [1, 1])
    #expect(
      visualization.warnings == [
        first == 0
          ? .neverFinite(picture: 1, reason: "Failing is NaN")
          : .notFinite(picture: 1, iteration: first)
      ])
    #expect(visualization.scores[1].isNaN)
    #expect(visualization.pictures.elements.allSatisfy { (0...1).contains($0) })
    let healthy = try network.visualizeActivation(
      of: "dense", units: [0], preset: try .named(preset), iterations: 6, seed: 1)
    #expect(
      largestDifference(visualization.picture(0).elements, healthy.pictures.elements) < 1e-4)
  }

  /// Writes NaN into the picture after a step.
  private struct Poison: Projection {
    var name: String { "Poison" }
    func project(_ pixels: inout MutableSpan<Float>, after step: CompletedStep) {
      if step.moment.iteration == 2 { pixels[5] = .nan }
    }
  }

  @Test func `a projection that writes NaN is found at once`() throws {
    var preset = Preset.smallSteps(6)
    preset.projections = [Poison()]
    let visualization = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      ActivationMaximization(layer: "dense", units: [0]), preset: preset)
    #expect(visualization.warnings == [.notFinite(picture: 0, iteration: 2)])
    #expect(visualization.pictures.elements.allSatisfy { (0...1).contains($0) })
    #expect(visualization.scores[0].isFinite)
  }

  /// A convolution whose first unit never fires and whose second does.
  private func halfDead() throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: .channelsLast,
      inputs: [
        NetworkInput(
          "x", shape: [1, nil, nil, 3], channelAxis: 3, specification: InputSpecification())
      ],
      layers: [
        Layer(
          "y",
          Convolution(
            weights: Tensor(shape: [2, 1, 1, 3], repeating: 1),
            bias: Tensor(shape: [2], elements: [-100, 0]), activation: .relu), inputs: ["x"])
      ], outputs: ["y"])
  }

  @Test(arguments: Preset.names)
  func `a dead unit is told once, and its picture stays finite`(name: String) throws {
    var preset = try Preset.small(name, side: 16)
    preset.border = 0
    let visualization = try halfDead().visualizeActivation(
      of: "y", eachOf: [[0], [1]], preset: preset.with(\.size, 16), iterations: 4)
    let zero = visualization.warnings.filter {
      if case .zeroGradient = $0 { true } else { false }
    }
    #expect(zero == [.zeroGradient(picture: 0, iteration: 0)])
    #expect(visualization.pictures.elements.allSatisfy { (0...1).contains($0) })
    #expect(visualization.scores[0] == 0)
  }

  @Test(arguments: [.invert, .relu, .negate] as [ElementwiseGradModifier])
  func `a dead unit is told whatever a grad modifier makes of nothing`(
    modifier: ElementwiseGradModifier
  ) throws {
    let visualization = try halfDead().visualizeActivationWithLosses(
      [1 * ActivationMaximization(layer: "y", units: [0])],
      preset: .smallSteps(3).with(\.size, 8).with(\.gradModifier, modifier))
    #expect(visualization.warnings == [.zeroGradient(picture: 0, iteration: 0)])
  }
}
