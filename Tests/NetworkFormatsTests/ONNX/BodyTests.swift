import ConvolutionalNetworks
import Testing

@testable import NetworkFormats

/// Graphs within graphs: functions of the model, branches and loops become layers of the graph around.
@Suite("ONNX: bodies")
struct BodyTests {
  /// What the loaded network makes of an input.
  private func result(_ loaded: LoadedNetwork, _ input: Tensor, tap: LayerID = -1) throws -> Tensor
  {
    let program = try Program(
      loaded.network, inputShapes: [loaded.network.inputs[0].name: input.shape], taps: [tap])
    let workspace = try Workspace(program)
    workspace.setInput(loaded.network.inputs[0].name, to: input)
    workspace.forward()
    return workspace.tap(0)
  }

  /// `y = f(x)` in a body of its own, reading `x` of the graph around.
  private func body(_ operatorName: String, _ inputs: [String] = ["x"]) -> AttributeValue {
    var branch = ModelBuilder()
    branch.node(operatorName, inputs, ["inner"], name: "only")
    branch.output("inner")
    return branch.body
  }

  /// Protects the choice by a condition of the file, values read from around, and the names of what is chosen.
  @Test(arguments: [0, 1]) func branch(condition: Int64) throws {
    var model = ModelBuilder()
    model.input("x", [1, 3])
    model.integers("flag", [condition], shape: [])
    model.node(
      "If", ["flag"], ["y"], name: "choice",
      ["then_branch": body("Relu"), "else_branch": body("Tanh")])
    model.node("Identity", ["y"], ["z"], name: "last")
    model.output("z")
    let loaded = try model.load()
    #expect(
      loaded.network.layers.map(\.name) == [
        condition == 1 ? "choice/then/only" : "choice/else/only", "last",
      ])
    #expect(loaded.warnings.isEmpty)
    let y = try result(loaded, Tensor(shape: [1, 3], elements: [-1, 0, 2]))
    #expect(y.elements[0] == (condition == 1 ? 0 : Float(-0.76159416)))
  }

  /// Protects a choice by shape, as PyTorch writes `squeeze`: the file's own sizes choose, and the reader is told.
  @Test func branchByShape() throws {
    var model = ModelBuilder()
    model.input("x", [1, 1, 4, 4])
    model.node("Shape", ["x"], ["channels"], ["start": 1, "end": 2])
    model.integers("one", [1])
    model.node("Equal", ["channels", "one"], ["single"])
    model.node(
      "If", ["single"], ["y"], name: "choice",
      ["then_branch": body("Squeeze", ["x", "one"]), "else_branch": body("Identity")])
    model.output("y")
    let loaded = try model.load()
    #expect(try loaded.shape(for: [2, 1, 4, 4]) == [2, 4, 4])
    #expect(loaded.warnings.count == 1)
  }

  /// Protects loops whose count is known: carried values, the number of the iteration, and what is collected.
  @Test func loop() throws {
    var body = ModelBuilder()
    body.input("i", [], type: .int64)
    body.input("goes", [], type: .bool)
    body.input("sum", [1, 2])
    body.node("Cast", ["i"], ["number"], ["to": 1])
    body.node("Add", ["sum", "number"], ["more"], name: "add")
    body.node("Mul", ["more", "x"], ["product"], name: "multiply")
    body.node("Identity", ["goes"], ["on"])
    for name in ["on", "more", "product"] { body.output(name) }
    var model = ModelBuilder()
    model.input("x", [1, 2])
    model.integers("count", [3], shape: [])
    model.node("Loop", ["count", "", "x"], ["final", "all"], name: "loop", ["body": body.body])
    model.output("final")
    model.output("all")
    let loaded = try model.load()
    let x = Tensor(shape: [1, 2], elements: [2, -1])
    // x + 0 + 1 + 2, and x times x, x + 1 and x + 3.
    #expect(try result(loaded, x, tap: .name("loop/2/result 1")).elements == [5, 2])
    #expect(
      try result(loaded, x, tap: -1) == Tensor(shape: [3, 1, 2], elements: [4, 1, 6, 0, 10, -2]))
    #expect(loaded.network.layers.contains { $0.name == "loop/0/multiply" })
  }

  /// Protects against loops without an end, and with one that only values tell.
  @Test func endlessLoops() throws {
    func model(count: Int64?, condition: String) -> ModelBuilder {
      var body = ModelBuilder()
      body.input("i", [], type: .int64)
      body.input("goes", [], type: .bool)
      body.input("v", [1, 2])
      body.node("Relu", ["v"], ["w"])
      body.node("Identity", [condition], ["on"])
      body.output("on")
      body.output("w")
      var model = ModelBuilder()
      model.input("x", [1, 2])
      if let count { model.integers("count", [count], shape: []) }
      model.node(
        "Loop", [count == nil ? "" : "count", "", "x"], ["y"], name: "loop", ["body": body.body])
      model.output("y")
      return model
    }
    for model in [
      model(count: nil, condition: "goes"), model(count: .max, condition: "goes"),
      model(count: 3, condition: "v"),
    ] {
      let error = #expect(throws: ONNXError.self) { try model.load() }
      #expect(error?.node == "loop")
    }
  }

  /// Protects functions of the model: attributes given, left out and with a default, functions that call others, and
  /// inputs left out.
  @Test func functions() throws {
    var leaky = ModelBuilder()
    leaky.input("value", [])
    leaky.node("LeakyRelu", ["value"], ["result"], name: "leak", ["alpha": .reference("slope")])
    leaky.output("result")
    var twice = ModelBuilder()
    twice.input("a", [])
    twice.input("bias", [])
    twice.node("Leaky", ["a"], ["b"], name: "first", domain: "mine", ["slope": .reference("slope")])
    twice.node("Leaky", ["b"], ["c"], name: "second", domain: "mine")
    twice.node("Clip", ["c", "bias"], ["d"], name: "clip")
    twice.output("d")
    var model = ModelBuilder()
    model.function("Leaky", domain: "mine", defaults: ["slope": 0.5], leaky)
    model.function("Twice", domain: "mine", twice)
    model.input("x", [1, 2])
    model.node("Twice", ["x"], ["y"], name: "call", domain: "mine", ["slope": 0.25])
    model.output("y")
    let loaded = try model.load()
    #expect(
      loaded.network.layers.map(\.name) == ["call/first/leak", "call/second/leak", "call/clip"])
    let y = try result(loaded, Tensor(shape: [1, 2], elements: [-8, 1]))
    #expect(y.elements == [-1, 1])
  }

  /// Protects against functions that call themselves, or one another many times over.
  @Test func endlessFunctions() throws {
    var itself = ModelBuilder()
    itself.input("a", [])
    itself.node("Itself", ["a"], ["b"], domain: "mine")
    itself.output("b")
    var model = ModelBuilder()
    model.function("Itself", domain: "mine", itself)
    for level in 0..<30 {
      var double = ModelBuilder()
      double.input("a", [])
      let inner = level == 0 ? "Relu" : "Level\(level - 1)"
      double.node(inner, ["a"], ["b"], domain: level == 0 ? "" : "mine")
      double.node(inner, ["b"], ["c"], domain: level == 0 ? "" : "mine")
      double.output("c")
      model.function("Level\(level)", domain: "mine", double)
    }
    for name in ["Itself", "Level29"] {
      var model = model
      model.input("x", [1, 2])
      model.node(name, ["x"], ["y"], name: "call", domain: "mine")
      model.output("y")
      #expect(throws: ONNXError.self) { try model.load() }
    }
  }
}
