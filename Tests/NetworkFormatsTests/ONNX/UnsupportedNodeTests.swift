import ConvolutionalNetworks
import Testing

@testable import NetworkFormats

/// What no tap needs may stay unread: a network loads if something of it can be computed.
@Suite("ONNX: nodes that are not supported")
struct UnsupportedNodeTests {
  private var detector: ModelBuilder {
    var model = ModelBuilder()
    model.input("x", [1, 3, 8, 8])
    model.floats("w", [4, 3, 1, 1], [Float](repeating: 0.5, count: 12))
    model.node("Conv", ["x", "w"], ["map"], name: "conv")
    model.node("Detect", ["map"], ["boxes", "scores"], name: "detect", domain: "com.example")
    model.node("Relu", ["scores"], ["positive"], name: "relu")
    model.node("Choose", ["positive"], ["best"], name: "choose", domain: "com.example")
    model.output("best")
    return model
  }

  /// Protects layers before an unsupported one, and the error of one behind it.
  @Test func layersBeforeAreComputed() throws {
    let loaded = try detector.load()
    #expect(loaded.warnings.count == 2)
    #expect(loaded.warnings[0].contains("detect") && loaded.warnings[0].contains("com.example"))
    let program = try Program(loaded.network, inputShapes: ["x": [1, 8, 8, 3]], taps: ["conv"])
    #expect(program.taps[0].shape == [1, 8, 8, 4])
    let error = #expect(throws: VisualizationError.self) {
      try Program(loaded.network, inputShapes: ["x": [1, 8, 8, 3]], taps: ["relu"])
    }
    #expect("\(try #require(error))".contains("'detect'"))
  }

  /// Protects the table of layers, which says of each whether it is computed, and why not.
  @Test func summary() throws {
    let rows = try detector.load().network.summary(inputShapes: ["x": [1, 8, 8, 3]])
    #expect(rows.map(\.name) == ["conv", "detect", "relu", "choose"])
    #expect(rows.map(\.outputShape) == [[1, 8, 8, 4], nil, nil, nil])
    #expect(rows[0].fault == nil)
    #expect(rows[2].fault == "it depends on 'detect'")
  }

  /// Protects the error where nothing is left: it names all nodes at once.
  @Test func allAreNamed() throws {
    var model = ModelBuilder()
    model.input("x", [1, 3])
    model.node("First", ["x"], ["a"], name: "first", domain: "com.example")
    model.node("Relu", ["a"], ["b"], name: "relu")
    model.node("Second", ["b"], ["c"], name: "second", domain: "com.example")
    model.output("c")
    let error = try #require(#expect(throws: ONNXError.self) { try model.load() })
    for name in ["'first' (First)", "'second' (Second)"] { #expect("\(error)".contains(name)) }
  }

  /// Protects against taking a damaged file for an unsupported one.
  @Test func damagedNodesAreErrors() {
    var model = detector
    model.node("Add", ["map"], ["sum"], name: "add")
    #expect(throws: ONNXError.self) { try model.load() }
  }
}
