import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects pooling: windows that hang over, padding that never wins and is counted or not.
@Suite struct PoolingTests {
  @Test(arguments: windows, TensorLayout.both)
  func agreesWithInterpreter(_ window: WindowCase, layout: TensorLayout) throws {
    let reductions: [Pooling.Reduction] = [
      .maximum, .average(countsPadding: false), .average(countsPadding: true), .norm(p: 1),
      .norm(p: 2), .norm(p: 3.5),
    ]
    for reduction in reductions {
      try OperationCase("\(reduction)", window.input) { _ in
        Pooling(reduction, window: window.window, ceilMode: window.ceilMode)
      }.check(layout)
    }
  }

  struct WindowCase: Sendable, CustomTestStringConvertible {
    let name: String
    let input: [Int]
    let window: SlidingWindow
    var ceilMode = false
    var testDescription: String { name }
  }

  static let windows = [
    WindowCase(
      name: "2×2", input: [2, 6, 8, 3], window: SlidingWindow(kernel: [2, 2], stride: [2, 2])),
    WindowCase(
      name: "overlapping, padded", input: [1, 9, 7, 40],
      window: SlidingWindow(kernel: [3, 3], stride: [2, 2], padding: .uniform(1))),
    WindowCase(
      name: "hanging over the end", input: [3, 8, 10, 5],
      window: SlidingWindow(kernel: [3, 3], stride: [2, 2]), ceilMode: true),
    WindowCase(
      name: "hanging over the padding", input: [1, 7, 8, 2],
      window: SlidingWindow(
        kernel: [3, 2], stride: [2, 3], padding: .explicit(before: [1, 0], after: [1, 1])),
      ceilMode: true),
    WindowCase(
      name: "dilated", input: [1, 11, 9, 3],
      window: SlidingWindow(kernel: [3, 2], stride: [1, 2], dilation: [2, 3])),
    WindowCase(
      name: "SAME", input: [2, 7, 6, 3],
      window: SlidingWindow(kernel: [3, 3], stride: [2, 2], padding: .sameUpper)),
    // Windows that have loops of their own, for whole vectors of channels and what is left of them.
    WindowCase(
      name: "3×3 in steps of 1", input: [1, 9, 11, 37],
      window: SlidingWindow(kernel: [3, 3], padding: .uniform(1))),
    WindowCase(
      name: "2×2 of many rows", input: [2, 70, 18, 70],
      window: SlidingWindow(kernel: [2, 2], stride: [2, 2])),
    WindowCase(
      name: "3×3 in steps of 2", input: [1, 23, 22, 85],
      window: SlidingWindow(kernel: [3, 3], stride: [2, 2], padding: .uniform(1)), ceilMode: true),
    // Dilations and steps that have a factor in common, or none: only some windows over a cell hold it.
    WindowCase(
      name: "dilated in steps", input: [1, 19, 17, 5],
      window: SlidingWindow(
        kernel: [3, 4], stride: [4, 2], dilation: [2, 3], padding: .uniform(2))),
    WindowCase(
      name: "steps wider than the window", input: [1, 11, 11, 18],
      window: SlidingWindow(kernel: [2, 2], stride: [4, 3])),
    // More cells than a byte can number.
    WindowCase(
      name: "of 288 cells", input: [1, 20, 17, 21],
      window: SlidingWindow(kernel: [18, 16], padding: .uniform(2))),
    WindowCase(
      name: "1-D", input: [2, 9, 4],
      window: SlidingWindow(kernel: [3], stride: [2], padding: .uniform(1, axes: 1))),
  ]

  @Test(arguments: [GlobalPooling.Reduction.maximum, .average], TensorLayout.both)
  func poolsGlobally(_ reduction: GlobalPooling.Reduction, layout: TensorLayout) throws {
    for shape in [[2, 5, 7, 3], [1, 1, 1, 9], [3, 6, 20]] {
      try OperationCase("\(reduction)", shape) { _ in GlobalPooling(reduction) }.check(layout)
    }
  }

  /// Protects against time that follows the window a file asks for, not the picture: 2⁴⁸ cells, 4 of them inside.
  @Test(.timeLimit(.minutes(1)), arguments: [false, true]) func poolsByHugeWindows(
    countsPadding: Bool
  ) throws {
    let size = 1 << 24
    let window = SlidingWindow(
      kernel: [size, size],
      padding: .explicit(before: [size / 2, size / 2], after: [size / 2, size / 2]))
    let pooling = Pooling(.average(countsPadding: countsPadding), window: window)
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", [1, 2, 2, 1], .channelsLast)],
      layers: [Layer("y", pooling, inputs: ["x"])], outputs: ["y"])
    let workspace = try Workspace(
      try Program(network, inputShapes: ["x": [1, 2, 2, 1]], taps: ["y"]))
    workspace.setInput("x", to: Tensor(shape: [1, 2, 2, 1], elements: [1, 2, 3, 6]))
    workspace.forward()
    let tap = workspace.tap(0)
    #expect(tap.shape == [1, 3, 3, 1])
    // In the middle all four cells are inside; at the corner the window ends before the last row and column.
    let cells = countsPadding ? Float(size) * Float(size) : 4
    #expect(tap[0, 1, 1, 0] == 12 / cells)
    workspace.withTapGradient(0) { $0[4] = 4 }
    workspace.pullback()
    #expect(workspace.inputGradient("x").elements.allSatisfy { $0 == 4 / cells })
  }

  /// Protects norms against dividing by 0, and refuses those that are none.
  @Test func normsOfZerosAreFlat() throws {
    func network(p: Float) throws -> NeuralNetwork {
      let norm = Pooling(.norm(p: p), window: SlidingWindow(kernel: [2, 2]))
      return try NeuralNetwork(
        layout: .channelsLast, inputs: [.map("x", [1, 2, 3, 1], .channelsLast)],
        layers: [Layer("y", norm, inputs: ["x"])], outputs: ["y"])
    }
    let inputs = ["x": DoubleTensor(shape: [1, 2, 3, 1], elements: [0, 0, 4, 0, 0, -3])]
    for p: Float in [1, 2, 3] {
      try expectAgreement(network(p: p), inputs, taps: ["y"])
    }
    for p: Float in [0.5, -1, .nan, .infinity] {
      #expect(throws: VisualizationError.self) {
        try expectAgreement(network(p: p), inputs, taps: ["y"])
      }
    }
  }

  /// Protects what becomes of NaN under a maximum: it stays where it is the first cell of the window, else
  /// nothing is larger than it and it is passed over.
  @Test func maximaPassOverNaN() throws {
    let window = SlidingWindow(kernel: [2, 2], stride: [2, 2])
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", [1, 2, 4, 17], .channelsLast)],
      layers: [Layer("y", Pooling(.maximum, window: window), inputs: ["x"])], outputs: ["y"])
    let workspace = try Workspace(
      try Program(network, inputShapes: ["x": [1, 2, 4, 17]], taps: ["y"]))
    workspace.withInput("x") { values in
      values.update(repeating: 1)
      for channel in 0..<17 {
        values[channel] = .nan
        values[3 * 17 + channel] = .nan
      }
    }
    workspace.forward()
    let tap = workspace.tap(0)
    for channel in 0..<17 {
      #expect(tap[0, 0, 0, channel].isNaN)
      #expect(tap[0, 0, 1, channel] == 1)
    }
  }

  /// Protects which cell gets the gradient of a tie: the first one, as everywhere else.
  @Test func givesTiesToTheFirstCell() throws {
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", [1, 2, 2, 1], .channelsLast)],
      layers: [
        Layer("y", Pooling(.maximum, window: SlidingWindow(kernel: [2, 2])), inputs: ["x"])
      ], outputs: ["y"])
    let workspace = try Workspace(
      try Program(network, inputShapes: ["x": [1, 2, 2, 1]], taps: ["y"]))
    workspace.setInput("x", to: Tensor(shape: [1, 2, 2, 1], repeating: 3))
    workspace.forward()
    workspace.withTapGradient(0) { $0[0] = 5 }
    workspace.pullback()
    #expect(workspace.inputGradient("x").elements == [5, 0, 0, 0])
  }
}
