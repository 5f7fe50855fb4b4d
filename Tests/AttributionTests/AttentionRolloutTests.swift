import FeatureVisualizationTestSupport
import Testing

@testable import Attribution

@Suite("Attention rollout")
struct AttentionRolloutTests {
  /// A transformer of two layers with attention given by weights: patches of 2×2, one head, with or without a class token.
  private func network(hasClassToken: Bool) throws -> NeuralNetwork {
    var random = SeededTensors(seed: 21)
    let tokens = hasClassToken ? 17 : 16
    func dense(_ outputs: Int, _ inputs: Int) -> Dense {
      Dense(weights: Tensor(random.uniform([outputs, inputs], in: -1.0...1.0)))
    }
    var layers = [
      Layer(
        "patches",
        Convolution(
          weights: Tensor(random.uniform([5, 2, 2, 3], in: -1.0...1.0)), stride: [2, 2]),
        inputs: ["input"]),
      Layer("embedded", Reshape(to: [0, 16, 5]), inputs: ["patches"]),
    ]
    if hasClassToken {
      layers += [
        Layer("class", Constant(Tensor(random.uniform([1, 1, 5], in: -1.0...1.0))), inputs: []),
        Layer("tokens", Concatenation(axis: 1), inputs: ["class", "embedded"]),
      ]
    } else {
      layers.append(Layer("tokens", Identity(), inputs: ["embedded"]))
    }
    var read = "tokens"
    for block in 1...2 {
      func name(_ role: String) -> String { "\(role)\(block)" }
      layers += [
        Layer(name("q"), dense(4, 5), inputs: [read]),
        Layer(name("k"), dense(4, 5), inputs: [read]),
        Layer(name("v"), dense(5, 5), inputs: [read]),
        Layer(name("turned"), Transpose([0, 2, 1]), inputs: [name("k")]),
        Layer(name("scores"), MatrixMultiplication(), inputs: [name("q"), name("turned")]),
        Layer(
          name("heads"), Reshape(to: [0, 1, tokens, tokens]), inputs: [name("scores")]),
        Layer(name("attention"), Activation(.softmax(axis: -1)), inputs: [name("heads")]),
        Layer(
          name("rows"), Reshape(to: [0, tokens, tokens]), inputs: [name("attention")]),
        Layer(name("mixed"), MatrixMultiplication(), inputs: [name("rows"), name("v")]),
        Layer(name("block"), Arithmetic(.add), inputs: [read, name("mixed")]),
      ]
      read = name("block")
    }
    layers += [
      Layer("mean", Reduction(.mean, axes: [1], keepsAxes: false), inputs: [read]),
      Layer("dense", dense(3, 5), inputs: ["mean"]),
    ]
    return try PlainNetwork.network(layers)
  }

  @Test(
    "the map is the product of mixed attention, laid out on the patches", arguments: [true, false])
  func rollout(hasClassToken: Bool) throws {
    let network = try network(hasClassToken: hasClassToken)
    var generator = SeededGenerator(seed: 2)
    let picture = Tensor(
      shape: [1, 8, 8, 3], elements: (0..<192).map { _ in Float(generator.uniform()) })
    let map = try network.attribution(of: "dense", at: picture, for: 1, by: .attentionRollout)
    let attention = try network.evaluate(picture, at: ["attention1", "attention2"])
    let tokens = hasClassToken ? 17 : 16
    func mixed(_ layer: Int, _ row: Int, _ column: Int) -> Double {
      0.5 * Double(attention[layer].elements[row * tokens + column]) + (row == column ? 0.5 : 0)
    }
    let rows = hasClassToken ? [0] : Array(0..<tokens)
    let grid = (tokens - 16..<tokens).map { patch in
      Float(
        rows.reduce(0.0) { sum, row in
          sum + (0..<tokens).reduce(0.0) { $0 + mixed(1, row, $1) * mixed(0, $1, patch) }
        } / Double(rows.count))
    }
    let expected = try AttributionMap(Tensor(shape: [1, 4, 4, 1], elements: grid), isSigned: false)
      .resized(height: 8, width: 8)
    #expect(map.values.difference(from: expected.values) < 1e-5)
  }

  @Test("a network without attention is an error that says what to do")
  func none() throws {
    let error = #expect(throws: VisualizationError.self) {
      try PropagationNetwork.question().answer(by: .attentionRollout)
    }
    #expect(error.map { "\($0)".contains("class activation maps") } == true)
  }

  @Test("layerwise propagation refuses attention and names the product")
  func layerwise() throws {
    let network = try network(hasClassToken: true)
    let picture = Tensor(shape: [1, 8, 8, 3], repeating: 0.3)
    let error = #expect(throws: VisualizationError.self) {
      try network.attribution(of: "dense", at: picture, for: 1, by: .layerwise())
    }
    #expect(error.map { "\($0)".contains("mixed2") } == true)
    let question = try AttributionQuestion(
      network, ActivationMaximization(layer: "dense", units: 1), at: picture)
    let map = try question.answer(by: .deepLIFT())
    let values = try question.values(
      at: Tensor(stacking: [picture, Tensor(shape: picture.shape)]))
    #expect(abs(map.values.sum - Double(values[0] - values[1])) < 1e-3)
  }
}
