import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects gradients at inner layers as results: complete over all readers and taps, whatever is fused or shares memory,
/// and nothing else changed by asking.
@Suite struct RetainedGradientTests {
  static let shape = [2, 8, 7, 5]

  /// A value read twice, one that is fused into an activation otherwise, one that is only concatenated, views, and a
  /// dense layer straight behind a rectifier, which skips the gradients of closed units otherwise.
  static func branching(_ layout: TensorLayout) throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: layout, inputs: [.map("x", shape, layout)],
      layers: [
        Layer("conv", .convolution(5, 6, kernel: 3), inputs: ["x"]),
        Layer("bn", .normalization(6), inputs: ["conv"]),
        Layer("relu", Activation(.relu), inputs: ["bn"]),
        Layer("left", .convolution(6, 6, kernel: 3, seed: 4), inputs: ["relu"]),
        Layer("right", .convolution(6, 4, kernel: 1, seed: 5), inputs: ["relu"]),
        Layer("sum", Arithmetic(.add), inputs: ["left", "relu"]),
        Layer("pool", .pooling(.maximum, 2), inputs: ["sum"]),
        Layer("maxima", .pooling(.maximum, 2), inputs: ["right"]),
        Layer("both", Concatenation(axis: layout.axis(3)), inputs: ["pool", "maxima"]),
        Layer("same", Identity(), inputs: ["both"]),
        Layer("flat", Flatten(), inputs: ["same"]),
        Layer("again", Flatten(), inputs: ["both"]),
        Layer("twice", Arithmetic(.multiply), inputs: ["flat", "again"]),
        Layer(
          "dense",
          Dense(
            weights: .weights([9, 160], in: -0.1...0.1), bias: .weights([9]), activation: .relu),
          inputs: ["twice"]),
        Layer("y", Dense(weights: .weights([4, 9], seed: 7)), inputs: ["dense"]),
      ], outputs: ["y"])
  }

  /// All layers, so that every one is asked for alone and with others.
  static let layers = [
    "conv", "bn", "relu", "left", "right", "sum", "pool", "maxima", "both", "same", "flat", "again",
    "twice", "dense", "y",
  ]

  /// Runs a program twice, so that nothing may be left over, and gives what it keeps.
  private func retained(
    _ network: NeuralNetwork, _ input: DoubleTensor, taps: [TapRequest], _ layers: [LayerID],
    seeds: inout [LayerID: DoubleTensor], options: Program.Options = .init()
  ) throws -> (values: [Tensor], gradients: [Tensor], ofInput: Tensor) {
    var options = options
    options.retainedGradients = layers
    let program = try Program(
      network, inputShapes: ["x": input.shape], taps: taps, options: options)
    #expect(program.retainedGradients.count == layers.count)
    let workspace = try Workspace(program)
    var random = SeededTensors(seed: 15)
    workspace.setInput("x", to: Tensor(input))
    for _ in 0..<2 {
      workspace.forward()
      workspace.clearTapGradients()
      for (index, tap) in program.taps.enumerated() {
        let seed = random.uniform(tap.shape)
        seeds[.name(tap.layer)] = seed
        workspace.withTapGradient(index) { gradient in
          for i in gradient.indices { gradient[i] += Float(seed.elements[i]) }
        }
      }
      workspace.pullback()
    }
    let ofInput = workspace.inputGradient("x")
    // They stay when forward has run again.
    workspace.forward()
    return (
      program.taps.indices.map { workspace.tap($0) },
      layers.indices.map { workspace.retainedGradient($0) }, ofInput
    )
  }

  @Test(arguments: TensorLayout.both, [["y"], ["y", "relu", "flat"], ["y", "both", "again"]])
  func agreesWithTheInterpreter(layout: TensorLayout, taps: [String]) throws {
    let network = try Self.branching(layout)
    var tensors = SeededTensors(seed: 21)
    let input = tensors.uniform(Self.shape)
    let requests = taps.map { TapRequest(.name($0)) }
    let reference = try ReferenceInterpreter(network).evaluate(
      ["x": input], taps: taps.map { .name($0) })
    for asked in Self.layers.map({ [$0] }) + [Self.layers, ["relu", "conv", "relu"]] {
      let layers = asked.map { LayerID.name($0) }
      var seeds: [LayerID: DoubleTensor] = [:]
      let kept = try retained(network, input, taps: requests, layers, seeds: &seeds)
      for (layer, gradient) in zip(layers, kept.gradients) {
        let expected = try reference.gradient(of: seeds, withRespectToOutputOf: layer)
        #expect(gradient.shape == expected.shape, "\(layer)")
        #expect(
          DoubleTensor(gradient).relativeL2Error(from: expected) < 1e-5, "\(layer) of \(asked)")
      }
      let expected = try reference.gradient(of: seeds, withRespectTo: "x")
      #expect(DoubleTensor(kept.ofInput).relativeL2Error(from: expected) < 1e-5)
    }
  }

  /// Protects the meaning: what the objective changes by when the layer's output does, by central differences on a
  /// network that begins there.
  @Test func agreesWithCentralDifferences() throws {
    func tail(_ first: [Layer], _ input: NetworkInput) throws -> NeuralNetwork {
      try NeuralNetwork(
        layout: .channelsLast, inputs: [input],
        layers: first + [
          Layer("tanh", Activation(.tanh), inputs: ["h"]),
          Layer("conv", .convolution(4, 3, kernel: 3), inputs: ["tanh"]),
          Layer("gate", Activation(.sigmoid), inputs: ["h"]),
          Layer("mixed", .convolution(4, 3, kernel: 1), inputs: ["gate"]),
          Layer("y", Arithmetic(.multiply), inputs: ["conv", "mixed"]),
        ], outputs: ["y"])
    }
    let shape = [1, 5, 4, 4]
    let whole = try tail(
      [Layer("h", .convolution(2, 4, kernel: 3, seed: 8), inputs: ["x"])],
      .map("x", [1, 5, 4, 2], .channelsLast))
    let rest = try tail([], .map("h", shape, .channelsLast))
    var tensors = SeededTensors(seed: 2)
    let input = tensors.uniform([1, 5, 4, 2])
    var seeds: [LayerID: DoubleTensor] = [:]
    let kept = try retained(
      whole, input, taps: [TapRequest("y"), TapRequest("h")], ["h"], seeds: &seeds)
    let (top, own) = try (#require(seeds["y"]), #require(seeds["h"]))
    let hidden = try ReferenceInterpreter(whole).evaluate(["x": input], taps: ["h"]).value(of: "h")
    func objective(_ h: DoubleTensor) throws -> Double {
      let y = try ReferenceInterpreter(rest).evaluate(["h": h], taps: ["y"]).value(of: "y")
      return zip(y.elements, top.elements).reduce(0) { $0 + $1.0 * $1.1 }
        + zip(h.elements, own.elements).reduce(0) { $0 + $1.0 * $1.1 }
    }
    for i in hidden.elements.indices {
      var (up, down) = (hidden, hidden)
      up.elements[i] += 1e-4
      down.elements[i] -= 1e-4
      let expected = try (objective(up) - objective(down)) / 2e-4
      #expect(abs(Double(kept.gradients[0].elements[i]) - expected) < 1e-5)
    }
  }

  /// Protects programs without: no step more, the same bytes; and with: the same results but for what is kept.
  @Test func nothingElseChanges() throws {
    let network = try Self.branching(.channelsFirst)
    func program(_ layers: [LayerID], inputs: Set<String>? = nil) throws -> Program {
      try Program(
        network, inputShapes: ["x": Self.shape], taps: ["y"] as [LayerID],
        options: .init(differentiatedInputs: inputs, retainedGradients: layers))
    }
    #expect(try program([]).retainedGradients.isEmpty)
    #expect(try !program([]).stepLayers.contains("relu"))
    #expect(try program(["relu"]).retainedGradients[0].shape == [2, 8, 7, 6])
    // Below the layer nothing is differentiated where nobody asks for the input's.
    let workspace = try Workspace(try program(["relu"], inputs: []))
    #expect(workspace.withInputGradient("x") { $0.isEmpty })
    var tensors = SeededTensors(seed: 3)
    workspace.setInput("x", to: Tensor(tensors.uniform(Self.shape)))
    #expect(workspace.retainedGradient(0).elements.allSatisfy { $0 == 0 })
    workspace.forward()
    workspace.withTapGradient(0) { $0.update(repeating: 1) }
    workspace.pullback()
    #expect(workspace.retainedGradient(0).elements.contains { $0 != 0 })
  }

  /// Protects gradients of everything where a tap reads a unit, or a position.
  @Test func unitsAndPositionsLeaveTheGradientWhole() throws {
    let network = try Self.branching(.channelsFirst)
    var tensors = SeededTensors(seed: 4)
    let input = tensors.uniform(Self.shape)
    for (request, layers) in [
      (TapRequest("y", units: [2]), ["y", "dense", "relu"] as [LayerID]),
      (TapRequest("sum", units: [1], positions: [.center]), ["relu", "sum"]),
    ] {
      var seeds: [LayerID: DoubleTensor] = [:]
      let kept = try retained(network, input, taps: [request], layers, seeds: &seeds)
      for (layer, gradient) in zip(layers, kept.gradients) {
        let whole = try ReferenceInterpreter(network).evaluate(["x": input], taps: [layer])
        #expect(try gradient.shape == whole.value(of: layer).shape, "\(layer)")
        #expect(gradient.elements.contains { $0 != 0 })
      }
    }
  }

  /// Protects that a picture's gradient in a batch is what it is alone.
  @Test func aPictureIsWhatItIsAlone() throws {
    let network = try Self.branching(.channelsFirst)
    let layers: [LayerID] = ["conv", "relu", "both", "twice"]
    func run(_ pictures: [DoubleTensor]) throws -> [[UInt32]] {
      let shape = [pictures.count] + Self.shape.dropFirst()
      let workspace = try Workspace(
        try Program(
          network, inputShapes: ["x": shape], taps: ["y"] as [LayerID],
          options: .init(retainedGradients: layers)))
      workspace.setInput(
        "x", to: Tensor(DoubleTensor(shape: shape, elements: pictures.flatMap(\.elements))))
      workspace.forward()
      workspace.withTapGradient(0) { $0.update(repeating: 0.5) }
      workspace.pullback()
      return layers.indices.map { workspace.retainedGradient($0).elements.map(\.bitPattern) }
    }
    var tensors = SeededTensors(seed: 5)
    let pictures = (0..<5).map { _ in tensors.uniform([1] + Self.shape.dropFirst()) }
    let together = try run(pictures)
    for (number, picture) in pictures.enumerated() {
      for (whole, part) in zip(together, try run([picture])) {
        #expect(Array(whole[number * part.count..<(number + 1) * part.count]) == part)
      }
    }
  }

  @Test func refusesLayersWithoutGradient() throws {
    let network = try Self.branching(.channelsFirst)
    func program(_ layer: LayerID) throws {
      _ = try Program(
        network, inputShapes: ["x": Self.shape], taps: ["relu"] as [LayerID],
        options: .init(retainedGradients: [layer]))
    }
    #expect(throws: VisualizationError.unreachedLayer("left")) { try program("left") }
    #expect(throws: VisualizationError.unknownLayer("relo", nearest: ["relu"])) {
      try program("relo")
    }
  }

  /// Protects rules: the gradient kept is the one that they hand down.
  @Test func followsBackpropRules() throws {
    let network = try Self.branching(.channelsFirst)
    var tensors = SeededTensors(seed: 6)
    let input = tensors.uniform(Self.shape)
    var seeds: [LayerID: DoubleTensor] = [:]
    let kept = try retained(
      network, input, taps: [TapRequest("y")], ["both", "conv"], seeds: &seeds,
      options: .init(backpropModifier: GuidedBackprop()))
    let reference = try ReferenceInterpreter(network).evaluate(["x": input], taps: ["y"])
    for (layer, gradient) in zip(["both", "conv"] as [LayerID], kept.gradients) {
      let expected = try reference.gradient(
        of: seeds, withRespectToOutputOf: layer, rule: .guided)
      #expect(DoubleTensor(gradient).relativeL2Error(from: expected) < 1e-5)
    }
  }
}
