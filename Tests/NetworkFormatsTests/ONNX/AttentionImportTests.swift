import ConvolutionalNetworks
import Testing

@testable import NetworkFormats

/// Protects the layers that operators of attention become: their names, their shapes, and what stays computable.
@Suite("ONNX: attention")
struct AttentionImportTests {
  /// Six tokens of eight features, by two heads.
  private static func attention(
    _ attributes: [String: AttributeValue] = [:], others: [String] = [], outputs: [String] = ["y"],
    _ addValues: (inout ModelBuilder) -> Void = { _ in }
  ) -> ModelBuilder {
    var model = ModelBuilder(operatorSet: 23)
    model.input("x", [nil, nil, 8])
    addValues(&model)
    model.node(
      "Attention", ["x", "x", "x"] + others, outputs, name: "node",
      ["q_num_heads": 2, "kv_num_heads": 2].merging(attributes) { $1 })
    for output in outputs where !output.isEmpty { model.output(output) }
    return model
  }

  private func tap(_ network: NeuralNetwork, _ layer: LayerID, _ input: Tensor) throws -> Tensor {
    // Of three axes the second is taken for channels, which are handed in last.
    let input = input.transposed([0, 2, 1])
    let workspace = try Workspace(Program(network, inputShapes: ["x": input.shape], taps: [layer]))
    workspace.setInput("x", to: input)
    workspace.forward()
    return workspace.tap(0)
  }

  private static let input = Tensor(
    shape: [1, 6, 8], elements: (0..<48).map { Float($0 * 29 % 31) / 31 - 0.5 })

  /// Protects the names by which heads are looked at, and probabilities as such, for any number of tokens.
  @Test func layersOfANode() throws {
    let network = try Self.attention().load().network
    #expect(try tap(network, "node/scores", Self.input).shape == [1, 2, 6, 6])
    let probabilities = try tap(network, "node/probabilities", Self.input)
    #expect(probabilities.shape == [1, 2, 6, 6])
    for row in 0..<12 {
      let sum = (0..<6).reduce(Float(0)) { $0 + probabilities.elements[row * 6 + $1] }
      #expect(abs(sum - 1) < 1e-6)
    }
    #expect(try tap(network, "node/heads", Self.input).shape == [1, 2, 6, 4])
    #expect(try tap(network, "node", Self.input).shape == [1, 6, 8])
    let fewer = Tensor(shape: [2, 3, 8], repeating: 0.1)
    #expect(try tap(network, "node/probabilities", fewer).shape == [2, 2, 3, 3])
  }

  /// Protects masks by position, whatever the number of tokens: no query sees a later key.
  @Test func causalScores() throws {
    let network = try Self.attention(["is_causal": 1]).load().network
    for count in [6, 3] {
      let input = Tensor(
        shape: [1, count, 8], elements: Array(Self.input.elements[..<(count * 8)]))
      let probabilities = try tap(network, "node/probabilities", input)
      for query in 0..<count {
        for key in 0..<count {
          #expect((probabilities[0, 1, query, key] > 1e-30) == (key <= query))
        }
      }
    }
  }

  /// Protects scores that a graph hands out, which keep their own name and are a layer to look at all the same.
  @Test func scoresAsAnOutput() throws {
    let model = Self.attention(["qk_matmul_output_mode": 1], outputs: ["y", "", "", "seen"])
    let network = try model.load().network
    #expect(network.outputs == ["y", "seen"])
    #expect(try tap(network, "node/scores", Self.input) == (try tap(network, "seen", Self.input)))
  }

  /// Protects against numbers of heads that do not fit, and modes that there are not.
  @Test(
    arguments: [
      (["q_num_heads": 0], "q_num_heads"), (["kv_num_heads": 4], "kv_num_heads"),
      (["q_num_heads": 3], "kv_num_heads"), (["qk_matmul_output_mode": 4], "qk_matmul_output_mode"),
      (["kv_num_heads": .int(.max)], "kv_num_heads"), (["q_num_heads": .int(.min)], "q_num_heads"),
    ] as [([String: AttributeValue], String)])
  func refusals(attributes: [String: AttributeValue], word: String) throws {
    let error = #expect(throws: ONNXError.self) { try Self.attention(attributes).load() }
    #expect("\(error.map { "\($0)" } ?? "")".contains(word))
  }

  /// Protects heads that do not divide the features: known once the network runs, and told by layer.
  @Test func featuresThatDoNotDivide() throws {
    let network = try Self.attention(["q_num_heads": 3, "kv_num_heads": 3]).load().network
    #expect(throws: VisualizationError.self) { try tap(network, "node", Self.input) }
  }

  /// Protects extents of files: features and heads that no memory holds are refused before any list of them is made.
  @Test(arguments: [1 << 20, 1 << 32, .max] as [Int64])
  func hugeRotations(features: Int64) throws {
    let model = ModelBuilder.single(
      "RotaryEmbedding", shape: [1, 1, 1, features], others: ["c", "c"]
    ) { $0.floats("c", [1, 1, 1], [1]) }
    #expect(throws: (any Error).self) { try model.load().shape(for: [1, 1, 1, 4]) }
  }

  /// Protects tables of angles that fit no head.
  @Test(arguments: [3, 8, -2, .max] as [Int64])
  func turnedFeatures(count: Int64) throws {
    let model = ModelBuilder.single(
      "RotaryEmbedding", shape: [1, 2, 3, 6], others: ["c", "c"],
      ["rotary_embedding_dim": .int(count)]
    ) { $0.floats("c", [1, 3, 2], [1, 1, 1, 1, 1, 1]) }
    let error = #expect(throws: ONNXError.self) { try model.load() }
    #expect("\(error.map { "\($0)" } ?? "")".contains("rotary_embedding_dim"))
  }
}
