import FeatureVisualization
import Testing

/// A network of several inputs is visualized in one of them while the others hold still.
struct HeldInputTests {
  /// y = tanh(picture · w) + control.
  private func network() throws -> NeuralNetwork {
    let specification = try InputSpecification(valueRange: -1...1)
    return try NeuralNetwork(
      layout: .channelsFirst,
      inputs: [
        NetworkInput(
          "picture", shape: [1, 3, 6, 6], channelAxis: 1, specification: specification),
        NetworkInput("control", shape: [1, 2, 6, 6], channelAxis: 1, specification: specification),
      ],
      layers: [
        Layer(
          "map",
          Convolution(
            weights: Tensor(shape: [2, 1, 1, 3], elements: [0.3, -0.2, 0.5, -0.4, 0.1, 0.2]),
            activation: .tanh), inputs: ["picture"]),
        Layer("y", Arithmetic(.add), inputs: ["map", "control"]),
      ], outputs: ["y"])
  }

  @Test func `held values reach the score, and the free input is drawn`() throws {
    let preset = Preset.smallSteps(10)
    func draw(_ control: Float) throws -> Visualization {
      try network().visualizeActivation(
        of: "y", units: [1],
        preset: preset.with(
          \.heldInputs, ["control": Tensor(shape: [1, 6, 6, 2], repeating: control)]))
    }
    let (zero, half) = (try draw(0), try draw(0.5))
    #expect(abs(half.scores[0] - zero.scores[0] - 0.5) < 1e-5)
    #expect(zero.scores[0] > zero.history[0].objectives[0])
    #expect(zero.pictures == half.pictures)
    let control = ["control": Tensor(shape: [1, 6, 6, 2], repeating: 0.5)]
    let map = try network().evaluate(half.pictures, at: "y", heldInputs: control)
    let mean = (0..<36).reduce(0) { $0 + map.elements[2 * $1 + 1] } / 36
    #expect(abs(mean - half.scores[0]) < 1e-5)
  }

  /// Protects one value for a whole batch, with and without an axis for it, and pictures that leave the batch early.
  @Test(arguments: [[1, 6, 6, 2], [6, 6, 2]]) func `one value serves all pictures`(shape: [Int])
    throws
  {
    let network = try network()
    var preset = Preset.smallSteps(12)
    preset.stopping = .plateau(patience: 2, tolerance: 0.2)
    func draw(_ held: Tensor, _ units: [[UnitID]], _ preset: Preset) throws -> Visualization {
      try network.visualizeActivation(
        of: "y", eachOf: units, preset: preset.with(\.heldInputs, ["control": held]))
    }
    let value = Tensor(shape: shape, repeating: 0.25)
    let each = try draw(
      Tensor(shape: [4, 6, 6, 2], repeating: 0.25), [[0], [1], [0], [1]], preset)
    let one = try draw(value, [[0], [1], [0], [1]], preset)
    #expect(one.pictures == each.pictures && one.scores == each.scores)
    #expect(one.picture(1) == (try draw(value, [[1]], preset)).pictures)
    var views = Preset.smallSteps(3)
    (views.views, views.viewsAtOnce) = (4, 2)
    views.inputModifiers = [.jitter(1)]
    let atOnce = try draw(value, [[0], [1]], views)
    views.viewsAtOnce = 1
    let passes = try draw(value, [[0], [1]], views)
    #expect(largestDifference(atOnce.pictures.elements, passes.pictures.elements) < 1e-4)
    #expect(
      try network.evaluate(each.pictures, at: "y", heldInputs: ["control": value])
        == network.evaluate(
          each.pictures, at: "y",
          heldInputs: ["control": Tensor(shape: [4, 6, 6, 2], repeating: 0.25)]))
  }

  /// Protects values of pictures: each has its own, also where others have left the batch or where it has several views.
  @Test func `each picture keeps its own value`() throws {
    let network = try network()
    let values: [Float] = [-0.5, 0.1, 0.3, 0.9]
    let each = Tensor(
      shape: [4, 6, 6, 2], elements: values.flatMap { repeatElement($0, count: 72) })
    var preset = Preset.smallSteps(8)
    preset.stopping = .plateau(patience: 2, tolerance: 0.2)
    for views in [1, 2] {
      (preset.views, preset.viewsAtOnce) = (views, views)
      let all = try network.visualizeActivation(
        of: "y", eachOf: [[0], [1], [0], [1]], preset: preset.with(\.heldInputs, ["control": each]))
      for (index, value) in values.enumerated() {
        let alone = try network.visualizeActivation(
          of: "y", units: [UnitID.index(index % 2)],
          preset: preset.with(
            \.heldInputs, ["control": Tensor(shape: [1, 6, 6, 2], repeating: value)]))
        #expect(alone.pictures == all.picture(index))
        #expect(alone.scores == [all.scores[index]])
      }
    }
  }

  @Test func `values of another number of pictures are named`() throws {
    let error = #expect(throws: VisualizationError.self) {
      try network().visualizeActivation(
        of: "y", eachOf: [[0], [1]],
        preset: .smallSteps(1).with(\.heldInputs, ["control": Tensor(shape: [3, 6, 6, 2])]))
    }
    #expect("\(String(describing: error))".contains("values for 3 pictures, and there are 2"))
  }

  @Test func `inputs that are neither drawn nor held, or all held, are errors`() throws {
    let network = try network()
    let control = Tensor(shape: [1, 6, 6, 2])
    #expect(throws: VisualizationError.missingInput(name: "control")) {
      try network.visualizeActivation(of: "y", units: [0])
    }
    #expect(throws: VisualizationError.self) {
      try network.visualizeActivation(
        of: "y", units: [0],
        preset: .lucid.with(
          \.heldInputs, ["control": control, "picture": Tensor(shape: [1, 6, 6, 3])]))
    }
    #expect(throws: VisualizationError.self) {
      try network.visualizeActivation(
        of: "y", units: [0],
        preset: .lucid.with(\.heldInputs, ["control": Tensor(shape: [1, 6, 6, 3])]))
    }
    #expect(
      throws: VisualizationError.invalidArgument(
        "heldInputs", "the network has no input 'contrl', only 'picture', 'control'")
    ) {
      try network.visualizeActivation(
        of: "y", units: [0],
        preset: .lucid.with(\.heldInputs, ["control": control, "contrl": control]))
    }
  }

  @Test(arguments: [.nan, .infinity, 255, 3] as [Float])
  func `held values that are not finite, or pictures in another scale, are refused`(value: Float)
    throws
  {
    let error = #expect(throws: VisualizationError.self) {
      try network().visualizeActivation(
        of: "y", units: [0],
        preset: .smallSteps(1).with(
          \.heldInputs, ["control": Tensor(shape: [1, 6, 6, 2], repeating: value)]))
    }
    guard case .invalidArgument("heldInputs", let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("'control'"))
  }
}
