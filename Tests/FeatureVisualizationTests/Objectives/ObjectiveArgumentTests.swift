import FeatureVisualization
import Testing

/// What does not fit an objective is an error before the first step, which names it.
struct ObjectiveArgumentTests {
  private static let photo = ReferencePicture(Tensor(shape: [1, 14, 14, 3], repeating: 0.5))

  private func error(of loss: any Loss, seeds: [UInt64] = [1, 2]) -> VisualizationError? {
    do {
      _ = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
        loss.asObjective, preset: .smallSteps(2), seeds: seeds)
      return nil
    } catch {
      return error as? VisualizationError
    }
  }

  private static let uniform = Tensor(shape: [4], repeating: 1)
  private static let patch = Tensor(shape: [1, 1, 4], repeating: 1)

  private static let directions: [any Loss] = [
    Direction(layer: "conv2", [1, 2, 3]), Direction(layer: "conv2", []),
    Direction(layer: "conv2", [0, 0, 0, 0]), Direction(layer: "conv2", [1, .nan, 0, 0]),
    Direction(layer: "conv2", uniform, by: .dotCosine(power: -1)),
    Direction(layer: "conv2", Tensor(shape: [8, 1, 4], repeating: 1)),
    Direction(layer: "conv2", Tensor(shape: [2, 4], repeating: 1)),
    Direction(layer: "conv2", patch, at: .center),
    Direction(layer: "dense", Tensor(shape: [1, 1, 5], repeating: 1)),
    Direction(layer: "conv2", eachOf: [uniform, uniform, uniform]),
    Direction(layer: "conv2", eachOf: []), Direction(layer: "conv2", eachOf: [uniform, patch]),
    WeightedActivation(layer: "conv2", channels: [1, 2]),
    WeightedActivation(layer: "conv2", channels: [0, 0, 0, 0]),
    WeightedActivation(layer: "conv2", map: Tensor(shape: [6, 7], repeating: 1)),
    WeightedActivation(layer: "conv2", map: Tensor(shape: [7, 7], repeating: 0)),
    WeightedActivation(layer: "conv2", in: MapRegion(rows: 0..<0, columns: 0..<2)),
  ]

  private static let ofBatches: [any Loss] = [
    CrossEntropy(layer: "softmax", class: 1), CrossEntropy(layer: "dense", eachOf: [1, 2, 3]),
    Interpolation(layer: "conv2", from: 0, to: 1, shares: [0]),
    Interpolation(layer: "conv2", from: 0, to: 1, shares: [0, .infinity]),
    Alignment(layer: "conv2", decay: 0), BatchStatistics([]),
    BatchStatistics([
      .init(layer: "conv2", mean: uniform, variance: Tensor(shape: [3], repeating: 1))
    ]),
    ActivationDifference(layer: "conv2", to: .picture(2)),
  ]

  private static let ofPictures: [any Loss] = [
    Caricature(of: photo, at: "conv2", cosinePower: .nan), SortMatching(to: [], at: "conv2"),
    ActivationDifference(layer: "conv2", to: .layer("conv1")),
    ActivationDifference(layer: "conv2", to: .layer("conv2")),
    InputDistance(to: Tensor(shape: [1, 13, 14, 3], repeating: 0.5)),
    InputDistance(to: Tensor(shape: [1, 14, 14, 3], repeating: 200)),
    ActivationNorm(layer: "conv2", .l1, about: .nan), BoundaryComplexity(width: 0),
    SpectrumSlope(exponent: .infinity),
  ]

  @Test(arguments: directions + ofBatches + ofPictures)
  func `a wrong argument is told by its name`(loss: any Loss) {
    guard case .invalidArgument(_, let reason) = error(of: loss) else {
      Issue.record("\(loss.name): \(String(describing: error(of: loss)))")
      return
    }
    #expect(!reason.isEmpty)
  }

  @Test(
    arguments: [
      Interpolation(layer: "conv2", from: 0, to: 1), Diversity(layer: "conv2"),
      Alignment(layer: "conv2"), ActivationDifference(layer: "conv2", to: .picture(0)),
    ] as [any Loss])
  func `one picture is no batch`(loss: any Loss) {
    guard case .invalidArgument = error(of: loss, seeds: [1]) else {
      Issue.record("\(loss.name): \(String(describing: error(of: loss, seeds: [1])))")
      return
    }
    #expect(error(of: loss) == nil)
  }

  @Test func `classes, labels, layers and positions that are missing are told as such`() {
    for loss in [
      CrossEntropy(layer: "dense", class: 5), Probability(layer: "dense", class: -1),
      Margin(layer: "dense", eachOf: [0, 9]), Interpolation(layer: "conv2", from: 0, to: 4),
    ] as [any Loss] {
      guard case .unitOutOfRange = error(of: loss) else {
        Issue.record("\(loss.name): \(String(describing: error(of: loss)))")
        continue
      }
    }
    for loss in [
      CrossEntropy(layer: "dense", class: "zebra"), Margin(layer: "dense", class: "zebra"),
      Probability(layer: "dense", eachOf: ["zebra", "flamingo"]),
      Interpolation(layer: "conv2", from: "zebra", to: "flamingo"),
    ] as [any Loss] {
      #expect(error(of: loss) == .missingLabels(wanted: "zebra"))
    }
    #expect(
      error(of: Direction(layer: "conv2", [1, 0, 0, 0], at: .cell(row: 7, column: 0)))
        == .positionOutOfRange(row: 7, column: 0, layer: "conv2", height: 7, width: 7))
    for region in [
      MapRegion(rows: 5..<8, columns: 0..<1), MapRegion(rows: -1..<1, columns: 0..<1),
      MapRegion(rows: 0..<Int.max, columns: 0..<Int.max),
    ] {
      guard
        case .positionOutOfRange = error(of: WeightedActivation(layer: "conv2", in: region))
      else {
        Issue.record("\(region)")
        continue
      }
    }
    for loss in [
      DeepDream(layer: "conv3"), Style(of: Self.photo, at: "conv3"),
      Inversion(of: Self.photo, at: "conv3"),
    ] as [any Loss] {
      guard case .unknownLayer = error(of: loss) else {
        Issue.record("\(loss.name)")
        continue
      }
    }
  }

  @Test func `classes are found by label in their layer alone`() throws {
    var network = try SmoothNetwork.unit.make()
    network.labels = ["apple", "pear", "plum", "fig", "date"]
    let byLabel = try network.visualizeActivationWithLosses(
      CrossEntropy(layer: "dense", class: "plum"), preset: .smallSteps(3))
    let byIndex = try network.visualizeActivationWithLosses(
      CrossEntropy(layer: "dense", class: 2), preset: .smallSteps(3))
    #expect(byLabel.pictures == byIndex.pictures)
    #expect(
      throws: VisualizationError.labelsOfOtherLayer(
        wanted: "plum", layer: "conv2", units: 4, labels: 5)
    ) {
      try network.visualizeActivationWithLosses(
        Margin(layer: "conv2", class: "plum"), preset: .smallSteps(1))
    }
  }

  @Test func `what cannot whiten is refused`() throws {
    #expect(throws: VisualizationError.self) { try Whitening(Tensor(shape: [2, 3])) }
    #expect(throws: VisualizationError.self) {
      try Whitening(of: Tensor(shape: [3, 2, 2, 4], repeating: 0))
    }
    #expect(throws: VisualizationError.self) {
      try Whitening(of: Tensor(shape: [3, 4], repeating: .nan))
    }
    #expect(throws: VisualizationError.self) { try Whitening(of: Tensor(shape: [0, 4])) }
    // Channels that are always alike have no inverse without a ridge.
    let alike = Tensor(shape: [3, 2], elements: [1, 1, 2, 2, 3, 3])
    #expect(throws: VisualizationError.self) { try Whitening(of: alike, ridge: 0) }
    let ridged = try Whitening(of: alike)
    #expect(ridged.matrix.elements.allSatisfy { $0.isFinite })
    let other = Direction(layer: "conv2", [1, 0, 0, 0], whitening: ridged)
    guard case .invalidArgument = error(of: other) else {
      Issue.record("a matrix of two channels for four")
      return
    }
  }
}
