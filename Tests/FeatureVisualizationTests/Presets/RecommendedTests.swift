import FeatureVisualization
import Foundation
import Testing

/// The recommended recipe follows from what a network is made of, and tells why.
struct RecommendedTests {
  /// "conv" 3×3, "norm", "act", "late" 1×1, "late_norm", "pool", "logits".
  private func network(
    normalized: Bool = true, labels: [String]? = ["ant", "bee", "cat"], side: Int = 24
  ) throws -> NeuralNetwork {
    func normalization(_ name: String) -> [LayerDefinition] {
      normalized ? [.batchNormalization(name: name)] : []
    }
    return try .sequential(
      .picture(height: side, width: side), labels: labels, seed: 11,
      [.convolution(6, kernel: 3, name: "conv")] + normalization("norm")
        + [.activation(.relu, name: "act"), .convolution(6, kernel: 1, name: "late")]
        + normalization("late_norm") + [.globalAveragePooling, .dense(3, name: "logits")])
  }

  @Test("a class of a network with batch normalizations is held to their statistics")
  func statistics() throws {
    let recipe = try Preset.recommended(for: network())
    #expect(recipe.unitObjective == .likelihood(activationShare: 0.5))
    #expect(recipe.smallStart == nil, "nothing is left of a small picture at half its size")
    #expect(try Preset.recommended(for: network(side: 160)).smallStart != nil)
    let statistics = try #require(recipe.regularizers.terms.first?.loss as? BatchStatistics)
    #expect(statistics.layers.count == 2 && statistics.distance == .relative)
    let tolerances = statistics.layers.map(\.tolerance.mean)
    #expect(tolerances[0] > 0 && tolerances[1] > tolerances[0])
    #expect(recipe.reasons.contains { $0.contains("2 batch normalizations") })
  }

  @Test(
    "small pictures are seen whole, large ones in parts, and more often where statistics hold them")
  func views() throws {
    let small = try Preset.recommended(for: network())
    #expect(small.views == 4 && !small.inputModifiers.contains { $0 is BoxCrop })
    for (normalized, views) in [(true, 8), (false, 4)] {
      let large = try Preset.recommended(for: network(normalized: normalized, side: 160))
      #expect(large.views == views && large.inputModifiers.contains { $0 is BoxCrop })
    }
  }

  @Test("without batch normalizations, and where it is to be quick, there is no such prior")
  func plain() throws {
    #expect(try Preset.recommended(for: network(normalized: false)).regularizers.terms.isEmpty)
    let quick = try Preset.recommended(for: network(), quick: true)
    #expect(quick.regularizers.terms.isEmpty && quick.smallStart == nil && quick.iterations < 100)
    #expect(try Preset.recommended(for: network(side: 160), quick: true).iterations < 60)
  }

  @Test(
    "logits before a softmax stay classes when the softmax is made linear, as the command line does"
  )
  func linearSoftmax() throws {
    let network = try NeuralNetwork.sequential(
      .picture(height: 8, width: 8), labels: ["ant", "bee"], seed: 2,
      [
        .convolution(4, kernel: 3, name: "conv"), .globalAveragePooling, .dense(2, name: "logits"),
        .activation(.softmax, name: "prob"),
      ])
    for network in [network, try network.replacingFinalActivations()] {
      #expect(
        try Preset.recommended(for: network, layer: "logits").unitObjective
          == .likelihood(activationShare: 0.5))
      #expect(try Preset.recommended(for: network, layer: "conv").unitObjective == .activation)
    }
  }

  @Test("a hidden layer has no likelihoods, and its silent units are woken")
  func hidden() throws {
    let recipe = try Preset.recommended(for: network(), layer: "act")
    #expect(recipe.unitObjective == .activation && recipe.backpropModifier is RedirectedReLU)
  }

  @Test("few outputs without labels are no classes: a regression has no likelihood; ten are")
  func regression() throws {
    #expect(try Preset.recommended(for: network(labels: nil)).unitObjective == .activation)
    for (count, isClassifier) in [(9, false), (10, true)] {
      let network = try NeuralNetwork.sequential(
        .picture(height: 8, width: 8), seed: 2,
        [
          .convolution(12, kernel: 3, name: "conv"), .globalAveragePooling,
          .dense(count, name: "logits"), .activation(.softmax, name: "prob"),
        ])
      for network in [network, try network.replacingFinalActivations()] {
        let recipe = try Preset.recommended(for: network, layer: "logits")
        #expect((recipe.unitObjective != .activation) == isClassifier)
        #expect(try Preset.recommended(for: network, layer: "conv").unitObjective == .activation)
      }
    }
  }

  @Test("where no recipe is named, it is the recommended one")
  func isDefault() throws {
    let network = try network()
    for layer in ["logits", "act"] as [LayerID] {
      let recommended = try network.visualizeActivation(
        of: layer, units: 1, preset: .recommended(for: network, layer: layer), iterations: 4)
      let drawn = try network.visualizeActivation(of: layer, units: 1, iterations: 4)
      #expect(drawn.pictures == recommended.pictures)
      #expect(
        try drawn.pictures
          != network.visualizeActivation(of: layer, units: 1, preset: .lucid, iterations: 4)
          .pictures)
    }
  }

  /// Protects animals from two heads, and characters from their mirror images.
  @Test func `pictures are not mirrored`() throws {
    #expect(
      try Preset.recommended(for: network()).inputModifiers.allSatisfy { !($0 is Flip) })
  }

  @Test("a layer that is not there is refused")
  func missingLayer() throws {
    let network = try network()
    #expect(throws: VisualizationError.self) {
      _ = try Preset.recommended(for: network, layer: "absent")
    }
  }

  @Test("statistics are those of normalizations that the layer depends on")
  func before() throws {
    let network = try network()
    #expect(try BatchStatistics(of: network, before: "act").layers.map(\.layer) == ["conv"])
    #expect(throws: VisualizationError.self) {
      _ = try BatchStatistics(of: network, before: "conv")
    }
  }

  @Test(
    "the class becomes likelier, one in each picture of a batch, and several together are raised alone"
  )
  func raising() throws {
    let network = try network()
    var recipe = try Preset.recommended(for: network)
    recipe.iterations = 12
    let drawn = try network.visualizeActivation(
      of: "logits", eachOf: ["ant", "cat"], preset: recipe, seed: 3)
    let logits = try network.evaluate(drawn.pictures, at: "logits")
    func logProbability(_ picture: Int, _ unit: Int) -> Double {
      Double(logits[picture, unit])
        - log((0..<3).reduce(0) { $0 + exp(Double(logits[picture, $1])) })
    }
    #expect(logProbability(0, 0) > logProbability(1, 0))
    #expect(logProbability(1, 2) > logProbability(0, 2))
    let together = try network.visualizeActivation(
      of: "logits", units: ["ant", "cat"], preset: recipe, iterations: 2)
    #expect(
      together.history[0].losses.map(\.name) == ["ActivationMaximization", "BatchStatistics"])
  }

  /// What stands after a depthwise convolution are single things, of which most pictures have few: their deviations are
  /// tolerated to be further off.
  @Test func `tolerances know depthwise convolutions`() throws {
    let network = try NeuralNetwork.sequential(
      .picture(height: 24, width: 24), labels: ["ant", "bee"], seed: 11,
      [
        .convolution(6, kernel: 3, name: "conv"), .batchNormalization(name: "norm"),
        .convolution(6, kernel: 3, groups: 6, name: "depthwise"),
        .batchNormalization(name: "depthwise_norm"),
        .convolution(6, kernel: 1, name: "late"), .batchNormalization(name: "late_norm"),
        .globalAveragePooling, .dense(2, name: "logits"),
      ])
    let recipe = try Preset.recommended(for: network)
    let statistics = try #require(recipe.regularizers.terms.first?.loss as? BatchStatistics)
    let expected: [BatchStatistics.Tolerance] = [
      .init(mean: 0.09, deviation: 0.12), .init(mean: 0.294, deviation: 0.36),
      .init(mean: 0.741, deviation: 0.39),
    ]
    for (known, expected) in zip(statistics.layers, expected) {
      #expect(abs(known.tolerance.mean - expected.mean) < 1e-5)
      #expect(abs(known.tolerance.deviation - expected.deviation) < 1e-5)
    }
    #expect(statistics.layers.count == 3)
  }
}
