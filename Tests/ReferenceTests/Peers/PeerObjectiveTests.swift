import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import Testing

/// Protects objectives and priors from meaning something else than those of the peers: values and gradients of pictures on a
/// smooth network are theirs to 1e-4, times what their definitions differ by, which stands beside each.
struct PeerObjectiveTests {
  /// An objective of ours, and what it is multiplied by to be the peer's number.
  private struct Ours {
    let objective: Objective
    let factor: Double

    init(_ loss: some Loss, times factor: Double = 1) {
      (objective, self.factor) = (loss.asObjective, factor)
    }

    init(_ objective: Objective, times factor: Double) {
      (self.objective, self.factor) = (objective, factor)
    }
  }

  // MARK: torch-lucent

  /// lucent's objectives are made small, so that most factors are negative; means are those of the whole batch.
  private static func lucent(_ name: String, _ reference: PeerReference) -> Ours? {
    let pixels: (Int, Int) -> MapPosition = { .cell(row: $0, column: $1) }
    switch name {
    case "channel": return Ours(ActivationMaximization(layer: "conv2", units: 3), times: -1.0 / 2)
    case "neuron at 1, 3":
      return Ours(ActivationMaximization(layer: "conv2", units: 2, at: pixels(1, 3)), times: -1)
    case "neuron at the center":
      // lucent takes the middle row for the column and the middle column for the row: of a map of 10×8 that is row 4, column 5,
      // and the center is row 5, column 4.
      return Ours(ActivationMaximization(layer: "conv1", units: 4, at: pixels(4, 5)), times: -1)
    case "neuron weights":
      // Divided by the channels as well, as the next two.
      return Ours(
        Direction(layer: "conv2", reference.vector(5), at: pixels(2, 1)), times: -1.0 / 5)
    case "channel weights":
      return Ours(
        WeightedActivation(layer: "conv2", channels: reference.vector(5)), times: -1.0 / 10)
    case "region weights":
      return Ours(
        WeightedActivation(
          layer: "conv2", channels: reference.vector(5),
          in: MapRegion(rows: 2..<5, columns: 1..<3)), times: -1.0 / 5)
    case "direction":
      // Under this name lucent has a cosine, and lucid a dot product.
      return Ours(
        Direction(layer: "conv1", reference.vector(6), by: .cosine), times: -1.0 / 2)
    case "direction of a neuron":
      return Ours(
        Direction(layer: "conv1", reference.vector(6), by: .cosine, at: pixels(7, 3)), times: -1)
    case "interpolation":
      return Ours(
        Interpolation(from: (layer: "conv1", unit: 1), to: (layer: "conv2", unit: 3)), times: -1)
    case "alignment": return Ours(Alignment(layer: "conv2", decay: 3), times: -1)
    // lucent's is the negative of lucid's, and is subtracted from what is made small.
    case "diversity": return Ours(Diversity(layer: "conv2"))
    case "blur penalty": return Ours(BlurPenalty())
    case "sum":
      return Ours(
        2 * ActivationMaximization(layer: "conv1", units: 0)
          - 0.5 * ActivationMaximization(layer: "conv2", units: 1), times: -1.0 / 2)
    default: return nil
    }
  }

  @Test(arguments: try PeerReference.load("lucent").cases.map(\.name))
  func `an objective of torch-lucent is ours`(name: String) throws {
    let reference = try PeerReference.load("lucent")
    let sample = try #require(reference.cases.first { $0.name == name })
    try compare(try #require(Self.lucent(name, reference)), sample, reference)
  }

  @Test func `lucent's center of a map that is no square is not the center`() throws {
    let reference = try PeerReference.load("lucent")
    let sample = try #require(reference.cases.first { $0.name == "neuron at the center" })
    let found = try reference.network().gradient(
      of: ActivationMaximization(layer: "conv1", units: 4, at: .center),
      at: reference.pictures(of: sample))
    let differs = zip(found.elements, sample.gradient).contains { abs(Double($0) + $1) > 0.1 }
    #expect(differs)
  }

  // MARK: tf-keras-vis and Xplique

  /// Of 240 numbers of a picture, and 27 of the row.
  private static func keras(_ name: String, _ reference: PeerReference) -> Ours? {
    switch name {
    case "layer": return Ours(DeepDream(layer: "conv2"))
    // Xplique's masks are means over channels, too.
    case "layer mean": return Ours(WeightedActivation(layer: "conv2"), times: 1.0 / 5)
    case "channel": return Ours(ActivationMaximization(layer: "conv2", units: 3), times: 1.0 / 5)
    case "neuron":
      return Ours(
        ActivationMaximization(layer: "conv2", units: 2, at: .cell(row: 3, column: 1)),
        times: 1.0 / 100)
    case "direction of a dense layer":
      return Ours(Direction(layer: "dense", reference.vector(4), by: .dotCosine(power: 2)))
    case "direction of a whole layer":
      // A vector as large as the layer, which Xplique wants for feature maps, is a reference's activations.
      return Ours(
        Caricature(
          of: ReferencePicture(reference.reference.tensor), at: "conv1", cosinePower: 2))
    case "categorical score of a map":
      return Ours(ActivationMaximization(layer: "conv2", eachOf: [[1], [3]]))
    case "categorical score of classes":
      return Ours(ActivationMaximization(layer: "dense", units: 2))
    // tf-keras-vis divides by the p-th root of the count where keras-vis divides by the count.
    case "norm 2": return Ours(LpNorm(p: 2, space: .unit), times: -Double(240).squareRoot())
    case "norm 6": return Ours(LpNorm(p: 6, space: .unit), times: -pow(240, 5.0 / 6))
    case "l1": return Ours(ActivationNorm(.l1, about: 0), times: -1.0 / 240)
    case "l2": return Ours(ActivationNorm(.l2, about: 0), times: -1 / Double(240).squareRoot())
    case "l infinity": return Ours(LpNorm(p: .infinity, space: .unit), times: -240)
    // TensorFlow's sums magnitudes along rows and along columns, which is ours where there is one row.
    case "total variation per number": return Ours(TotalVariation(beta: 1, space: .unit), times: -1)
    case "total variation": return Ours(TotalVariation(beta: 1, space: .unit), times: -27)
    default: return nil
    }
  }

  /// What is computed otherwise by a fault, and has a test of its own.
  private static let faults = ["direction of a batch", "weighted sum"]

  @Test(
    arguments: try PeerReference.load("keras").cases.map(\.name).filter { !faults.contains($0) })
  func `an objective of tf-keras-vis or Xplique is ours`(name: String) throws {
    let reference = try PeerReference.load("keras")
    let sample = try #require(reference.cases.first { $0.name == name })
    try compare(try #require(Self.keras(name, reference)), sample, reference)
  }

  @Test func `Xplique's direction adds up the dot products of a batch`() throws {
    let reference = try PeerReference.load("keras")
    let sample = try #require(reference.cases.first { $0.name == "direction of a batch" })
    func values(_ power: Float) throws -> [Double] {
      let target = ReferencePicture(reference.reference.tensor)
      let loss = Caricature(of: target, at: "conv1", cosinePower: power)
      return try evaluate(loss.asObjective, sample, reference).values.map { Double($0) }
    }
    let (dots, products) = (try values(0), try values(2))
    for (index, value) in sample.values.enumerated() {
      let expected = (dots[0] + dots[1]) * products[index] / dots[index]
      #expect(abs(value - expected) <= 1e-4 * abs(expected))
      // Its number for one picture is another one's matter.
      #expect(value > 1.5 * products[index])
    }
  }

  @Test func `Xplique's sum multiplies what was added before by each further factor`() throws {
    let reference = try PeerReference.load("keras")
    let sample = try #require(reference.cases.first { $0.name == "weighted sum" })
    // Of `2 a + 3 b` it makes `(2 a) · 3 + 3 b`; a and b are means over channels, too.
    let sum =
      2 * 3 / 6 * ActivationMaximization(layer: "conv1", units: 0)
      + 3 / 5 * ActivationMaximization(layer: "conv2", units: 1)
    try compare(Ours(sum, times: 1), sample, reference)
  }

  // MARK: Comparing

  private func evaluate(
    _ objective: Objective, _ sample: PeerReference.Case, _ reference: PeerReference
  ) throws -> ObjectiveEvaluation {
    let pictures = reference.pictures(of: sample)
    guard sample.isRow == true else {
      return try ObjectiveEvaluator(reference.network(), objective, count: sample.pictures)
        .evaluate(at: pictures)
    }
    // The dense layer takes one size only, and is not looked at.
    return try ObjectiveEvaluator(
      NeuralNetwork(
        layout: .channelsLast,
        inputs: [
          NetworkInput(
            "input", shape: pictures.shape, channelAxis: 3, specification: InputSpecification())
        ], layers: [Layer("same", Identity(), inputs: ["input"])], outputs: ["same"]), objective
    ).evaluate(at: pictures)
  }

  private func compare(
    _ ours: Ours, _ sample: PeerReference.Case, _ reference: PeerReference
  ) throws {
    let evaluation = try evaluate(ours.objective, sample, reference)
    var values = evaluation.values.map { ours.factor * Double($0) }
    // Some peers say one number for all pictures.
    if sample.values.count == 1 { values = [values.reduce(0, +)] }
    #expect(values.count == sample.values.count)
    for (value, expected) in zip(values, sample.values) {
      #expect(abs(value - expected) <= 1e-4 * abs(expected), "\(value), not \(expected)")
    }
    let gradient = evaluation.gradient.elements.map { ours.factor * Double($0) }
    #expect(gradient.count == sample.gradient.count)
    let largest = sample.gradient.map(abs).max() ?? 0
    #expect(largest > 0)
    let error = zip(gradient, sample.gradient).map { abs($0 - $1) }.max() ?? .infinity
    #expect(error <= 1e-4 * largest, "off by \(error / largest) of the largest")
  }
}
