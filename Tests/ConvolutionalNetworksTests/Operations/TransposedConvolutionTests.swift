import ConvolutionalNetworks
import Testing

/// Protects transposed convolution in every form: the pullback of a convolution run forward, and back.
@Suite struct TransposedConvolutionTests {
  @Test(arguments: cases, TensorLayout.both)
  func agreesWithInterpreter(_ operation: OperationCase, layout: TensorLayout) throws {
    try operation.check(layout)
  }

  static let cases = [
    transposed("3×3", [2, 5, 4, 3], outputs: 4, kernel: [3, 3]),
    transposed("1×1", [2, 5, 4, 3], outputs: 4, kernel: [1, 1]),
    transposed("doubling", [1, 9, 11, 6], outputs: 5, kernel: [2, 2], stride: [2, 2]),
    transposed(
      "in steps, cut", [2, 7, 6, 4], outputs: 3, kernel: [4, 3], stride: [2, 3],
      padding: .explicit(before: [1, 0], after: [2, 1])),
    transposed(
      "dilated", [1, 6, 5, 3], outputs: 2, kernel: [3, 2], stride: [1, 2], dilation: [2, 3],
      padding: .uniform(1)),
    transposed(
      "steps wider than the window", [2, 4, 5, 3], outputs: 2, kernel: [2, 1], stride: [3, 4],
      outputPadding: [2, 3]),
    transposed(
      "SAME, odd cell after", [1, 5, 6, 2], outputs: 3, kernel: [4, 5], stride: [1, 2],
      padding: .sameUpper),
    transposed(
      "SAME, odd cell before", [1, 5, 6, 2], outputs: 3, kernel: [4, 5], stride: [1, 2],
      padding: .sameLower),
    transposed(
      "of stated size", [1, 3, 3, 2], outputs: 2, kernel: [3, 3], stride: [3, 2],
      outputExtents: [11, 4]),
    transposed(
      "in groups", [2, 6, 5, 6], outputs: 4, kernel: [3, 3], stride: [2, 2], padding: .uniform(1),
      groups: 2),
    transposed("depthwise", [2, 6, 5, 4], outputs: 4, kernel: [3, 3], stride: [2, 1], groups: 4),
    transposed(
      "1-D", [2, 9, 3], outputs: 4, kernel: [4], stride: [2], padding: .uniform(1, axes: 1)),
    transposed("large", [1, 40, 33, 20], outputs: 33, kernel: [4, 4], stride: [2, 2]),
    transposed("small, of many channels", [1, 4, 4, 100], outputs: 90, kernel: [3, 3]),
  ]

  static func transposed(
    _ name: String, _ input: [Int], outputs: Int, kernel: [Int], stride: [Int]? = nil,
    dilation: [Int]? = nil, padding: Padding? = nil, outputPadding: [Int]? = nil,
    outputExtents: [Int]? = nil, groups: Int = 1
  ) -> OperationCase {
    OperationCase(name, input) { _ in
      TransposedConvolution(
        weights: .weights([input[input.count - 1]] + kernel + [outputs / groups]),
        bias: .weights([outputs], seed: 2), stride: stride, dilation: dilation, padding: padding,
        outputPadding: outputPadding, outputExtents: outputExtents, groups: groups)
    }
  }

  /// Protects what follows in the same pass: normalization and an activation.
  @Test(arguments: TensorLayout.both)
  func sharesItsPass(layout: TensorLayout) throws {
    let network = try NeuralNetwork(
      layout: layout, inputs: [.map("x", [2, 5, 6, 3], layout)],
      layers: [
        Layer(
          "up", TransposedConvolution(weights: .weights([3, 2, 2, 4]), stride: [2, 2]),
          inputs: ["x"]),
        Layer("normalized", .normalization(4), inputs: ["up"]),
        Layer("y", Activation(.leakyReLU(slope: 0.1)), inputs: ["normalized"]),
      ], outputs: ["y"])
    let inputs = Self.transposed("", [2, 5, 6, 3], outputs: 4, kernel: [2, 2]).tensors()
    let input = try #require(inputs["x0"])
    try expectAgreement(network, ["x": input], taps: ["y"])
    try expectAgreement(network, ["x": input], taps: ["y", "up"])
    let program = try Program(network, inputShapes: ["x": [2, 5, 6, 3]], taps: ["y"])
    #expect(program.stepLayers.filter { !$0.isEmpty } == ["up"])
  }

  /// Protects the sizes, which are those of PyTorch's `conv_transpose2d`.
  @Test func statesSizes() throws {
    func size(_ operation: OperationCase) throws -> [Int] {
      let shapes = try operation.operation(.channelsLast).outputShapes(
        for: operation.inputs, layout: .channelsLast)
      return Array(shapes[0].dropFirst().dropLast())
    }
    #expect(try size(Self.cases[0]) == [7, 6])
    #expect(try size(Self.cases[2]) == [18, 22])
    #expect(try size(Self.cases[3]) == [13, 17])
    #expect(try size(Self.cases[5]) == [13, 20])
    #expect(try size(Self.cases[6]) == [5, 12])
  }

  /// Protects against windows of which nothing is left, and weights that fit nothing.
  @Test func refusesWhatDoesNotFit() throws {
    let refused = [
      Self.transposed("", [1, 1, 1, 2], outputs: 2, kernel: [2, 2], padding: .uniform(1)),
      Self.transposed("", [1, 3, 3, 2], outputs: 2, kernel: [2, 2], stride: [2]),
      Self.transposed("", [1, 3, 3, 2], outputs: 2, kernel: [2, 2], outputPadding: [1]),
      Self.transposed("", [1, 3, 3, 2], outputs: 2, kernel: [2, 2], outputExtents: [0, 3]),
      Self.transposed("", [1, 3, 3, 2], outputs: 3, kernel: [2, 2], groups: 3),
      Self.transposed("", [1, 3, 3, 2], outputs: 2, kernel: [2]),
    ]
    for operation in refused {
      #expect(throws: ShapeError.self) {
        _ = try operation.operation(.channelsLast).outputShapes(
          for: operation.inputs, layout: .channelsLast)
      }
    }
  }
}
