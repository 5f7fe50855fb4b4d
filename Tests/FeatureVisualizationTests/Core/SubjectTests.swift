import FeatureVisualization
import Synchronization
import Testing

/// What losses can look at beside layers and the picture, with gradients that come back to where they belong.
struct SubjectTests {
  private let unit = ActivationMaximization(layer: "dense", units: [1])

  /// Keeps the pictures that it sees, and pulls them down.
  private final class Watcher: Loss {
    let seen = Mutex<[[Float]]>([])
    let subject: LossSubject
    init(_ subject: LossSubject) { self.subject = subject }
    var name: String { "Watcher" }
    var subjects: [LossSubject] { [subject] }
    func values(_ tensors: TappedTensors) -> [Float] {
      let tensor = tensors[0]
      let copy = tensor.values.indices.map { tensor.values[$0] }
      seen.withLock { $0.append(copy) }
      return (0..<tensor.pictureCount).map { _ in 0 }
    }
    func addGradients(
      of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
    ) {}
  }

  @Test func `the seen picture is what the network is fed`() throws {
    let watcher = Watcher(.seenPicture(.byte))
    let fed = Watcher(.layer("conv1"))
    let drawn = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      unit + watcher + fed,
      preset: .smallSteps(2).with(\.inputModifiers, [.jitter(3), .padding(2)]), seeds: [1, 2])
    let pictures = watcher.seen.withLock { $0 }
    let maps = fed.seen.withLock { $0 }
    // Two steps and the last score.
    #expect(pictures.count == 3 && maps.count == 3)
    for (picture, map) in zip(pictures, maps) {
      let seen = Tensor(shape: [2, 14, 14, 3], elements: picture.map { min(max($0 / 255, 0), 1) })
      let expected = try SmoothNetwork.unit.make().evaluate(seen, at: "conv1")
      #expect(largestDifference(expected.elements, map) < 1e-4)
    }
    #expect(drawn.pictures.shape == [2, 14, 14, 3])
  }

  @Test func `a prior on the seen picture has its gradient go through the transformations`() throws
  {
    // Without transformations it is a prior on the picture itself.
    func draw(_ subject: LossSubject, _ modifiers: [any InputModifier]) throws -> Visualization {
      let prior = DerivedLoss(
        "Square", minimizing: (TensorExpression.reading(subject) - 0.2).squared().mean())
      return try SmoothNetwork.unit.make().visualizeActivationWithLosses(
        1e-6 * unit + prior.asPrior, preset: .smallSteps(30).with(\.inputModifiers, modifiers))
    }
    let own = try draw(.picture(.unit), [])
    let seen = try draw(.seenPicture(.unit), [])
    #expect(largestDifference(own.pictures.elements, seen.pictures.elements) < 1e-5)
    let shifted = try draw(.seenPicture(.unit), [.jitter(5)])
    let values = shifted.history.map { $0.losses[1].values[0] }
    #expect(values[29] < 0.75 * values[0])
  }

  @Test func `parameters can be held down directly`() throws {
    var recipe = Preset(
      name: "spectrum", parameterization: Fourier(deviation: 1),
      optimizer: GradientDescent(.constant(20)), iterations: 40)
    recipe.normalizesGradient = false
    let energy = DerivedLoss(
      "Energy", minimizing: TensorExpression.reading(.parameters).squared().mean())
    let drawn = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      1e-6 * unit + energy.asPrior, preset: recipe)
    let values = drawn.history.map { $0.losses[1].values[0] }
    // θ ← θ − rate · 2θ / n at each step.
    let count = Float(drawn.parameters.values[0].count)
    let factor = (1 - 40 / count) * (1 - 40 / count)
    for (before, after) in zip(values, values.dropFirst()) {
      #expect(abs(after / before - factor) < 1e-3)
    }
  }

  @Test func `a reference is seen as the picture is`() throws {
    // The reference is where the run starts: under the same draws their activations are the same.
    let start = Tensor(
      shape: [1, 14, 14, 3], elements: (0..<588).map { 0.2 + 0.6 * Float($0 % 89) / 88 })
    let reference = ReferencePicture(start)
    let distance = DerivedLoss(
      "Distance",
      minimizing: (TensorExpression.layer("conv2") - .reading(.reference(reference, at: "conv2")))
        .squared().sum())
    let drawn = try SmoothNetwork.byte.make().visualizeActivationWithLosses(
      unit + 0.001 * distance,
      preset: .smallSteps(3).with(\.start, .picture(start)).with(
        \.inputModifiers,
        [
          .jitter(3), .randomScale([0.8, 1.2]), .randomRotation(degrees: [-20, 20]),
        ]), seeds: [1, 2])
    #expect(drawn.history[0].losses[1].values.allSatisfy { $0 < 1e-6 })
    #expect(drawn.history[2].losses[1].values.allSatisfy { $0 > 1e-4 })
  }

  @Test func `references that are no pictures are refused`() throws {
    for tensor in [
      Tensor(shape: [1, 5, 5, 2], repeating: 0.5), Tensor(shape: [2, 5, 5, 3], repeating: 0.5),
      Tensor(shape: [1, 5, 5, 3], repeating: 200), Tensor(shape: [1, 0, 5, 3]),
    ] {
      let reference = ReferencePicture(tensor)
      let loss = TensorExpression.reading(.reference(reference, at: "dense")).mean()
      #expect(throws: VisualizationError.self) {
        try SmoothNetwork.unit.make().visualizeActivationWithLosses(
          unit + loss, preset: .smallSteps(1))
      }
    }
  }

  @Test func `an opacity that is not there is an error`() throws {
    #expect(throws: VisualizationError.subjectNotThere("the picture's opacity")) {
      try SmoothNetwork.unit.make().visualizeActivationWithLosses(
        unit * TensorExpression.reading(.opacity).mean(), preset: .smallSteps(1))
    }
  }
}
