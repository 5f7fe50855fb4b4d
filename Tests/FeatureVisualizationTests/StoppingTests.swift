import FeatureVisualization
import Synchronization
import Testing

/// A picture that no longer gains anything is done, and those that go on neither wait for it nor change by it.
struct StoppingTests {
  /// Raises a unit, and keeps the sizes of the batches that it saw.
  private final class CountingLoss: Loss, Sendable {
    let sizes = Mutex<[Int]>([])
    let inner = ActivationMaximization(layer: "dense", units: [1])
    let selects: Bool

    init(selects: Bool) { self.selects = selects }

    var name: String { "CountingLoss" }
    var subjects: [LossSubject] { inner.subjects }
    func selecting(_ pictures: [Int]) -> CountingLoss? { selects ? self : nil }
    func values(_ tensors: TappedTensors) -> [Float] {
      let count = tensors[0].pictureCount
      sizes.withLock { $0.append(count) }
      return inner.values(tensors)
    }

    func addGradients(
      of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
    ) {
      inner.addGradients(of: tensors, scales: scales, to: &gradients)
    }
  }

  private func recipe(patience: Int = 3, tolerance: Float = 0.02) -> Preset {
    var preset = Preset.smallSteps(60, rate: 0.5)
    preset.stopping = .plateau(patience: patience, tolerance: tolerance)
    return preset
  }

  @Test func `pictures of a batch are done when they are alone, and end up the same`() throws {
    let network = try SmoothNetwork.unit.make()
    let units: [[UnitID]] = [[0], [1], [2], [3], [4]]
    let together = try network.visualizeActivation(of: "dense", eachOf: units, preset: recipe())
    #expect(Set(together.convergedAt).count > 1)
    for (index, units) in units.enumerated() {
      let alone = try network.visualizeActivation(of: "dense", units: units, preset: recipe())
      #expect(together.convergedAt[index] == alone.convergedAt[0])
      #expect(
        largestDifference(together.picture(index).elements, alone.pictures.elements) < 1e-4)
      #expect(abs(together.scores[index] - alone.scores[0]) < 1e-4)
      if let done = alone.convergedAt[0] { #expect(alone.history.count == done + 1) }
    }
    #expect(together.history.allSatisfy { $0.objectives.count == 5 })
    #expect(!together.isCancelled)
  }

  /// Protects the recommended recipe in batches: views, likelihoods and priors of pictures that are done before others.
  @Test(arguments: [1, 4], [true, false])
  func `views of a batch end up as those of single pictures`(views: Int, isLikely: Bool) throws {
    let network = try SmoothNetwork.unit.make()
    var recipe = recipe(patience: 2)
    (recipe.views, recipe.viewsAtOnce) = (views, views)
    recipe.inputModifiers = .closeUps
    recipe.backpropModifier = .redirectedReLU
    if isLikely { recipe.unitObjective = .likelihood(activationShare: 0.5) }
    let units: [[UnitID]] = [[0], [1], [2], [3], [4]]
    let together = try network.visualizeActivation(of: "dense", eachOf: units, preset: recipe)
    for (index, units) in units.enumerated() {
      let alone = try network.visualizeActivation(of: "dense", units: units, preset: recipe)
      #expect(together.convergedAt[index] == alone.convergedAt[0])
      #expect(together.picture(index) == alone.pictures)
      #expect(together.scores[index] == alone.scores[0])
      for (record, own) in zip(together.history, alone.history) {
        #expect(record.objectives[index] == own.objectives[0])
      }
      #expect(said(of: index, together) == said(of: 0, alone))
    }
  }

  /// The warnings about a picture, without its number.
  private func said(of picture: Int, _ visualization: Visualization) -> [String] {
    let prefix = "picture \(picture):"
    return visualization.warnings.map(\.description).filter { $0.hasPrefix(prefix) }
      .map { String($0.dropFirst(prefix.count)) }
  }

  /// What is said of a picture does not depend on how long others of its batch go on: ten steps that lead nowhere are told.
  @Test func `warnings of a batch are those of single pictures`() throws {
    let network = try SmoothNetwork.unit.make()
    var recipe = Preset.smallSteps(60, rate: 1e-5)
    recipe.inputModifiers = .closeUps
    recipe.stopping = .plateau(patience: 4, tolerance: 0)
    let units: [[UnitID]] = [[0], [1], [2], [3], [4]]
    let together = try network.visualizeActivation(of: "dense", eachOf: units, preset: recipe)
    // Some are done too early to be told, while others go on.
    let steps = together.convergedAt.map { ($0 ?? recipe.iterations) + 1 }
    try #require(steps.min()! < 10 && steps.max()! >= 10, "\(steps)")
    for (index, units) in units.enumerated() {
      let alone = try network.visualizeActivation(of: "dense", units: units, preset: recipe)
      #expect(said(of: index, together) == said(of: 0, alone))
    }
  }

  @Test(arguments: [true, false])
  func `the batch shrinks where its losses know how`(selects: Bool) throws {
    let loss = CountingLoss(selects: selects)
    let visualization = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      1 * loss + 1e-3 * LpNorm(), preset: recipe(), seeds: [1, 2, 3, 4, 5, 6])
    let sizes = loss.sizes.withLock { $0 }
    #expect(Set(visualization.convergedAt).count > 1)
    // The first step and the final scores are of the whole batch.
    #expect(sizes.first == 6 && sizes.last == 6)
    #expect((Set(sizes).count > 1) == selects)
  }

  @Test func `without a criterion every step is taken`() throws {
    var preset = recipe()
    preset.stopping = nil
    let visualization = try SmoothNetwork.unit.make().visualizeActivation(
      of: "dense", eachOf: [[0], [1]], preset: preset)
    #expect(visualization.history.count == 60 && visualization.convergedAt == [nil, nil])
  }

  @Test(arguments: [(0, 0.1), (3, -1), (3, .nan), (3, .infinity)] as [(Int, Float)])
  func `numbers that make no sense are refused`(patience: Int, tolerance: Float) throws {
    let network = try SmoothNetwork.unit.make()
    #expect(throws: VisualizationError.self) {
      try network.visualizeActivation(
        of: "dense", units: [0], preset: recipe(patience: patience, tolerance: tolerance))
    }
  }
}
