import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects the rectangles that people cut out of pictures to show what a position of a map sees.
@Suite("Receptive fields") struct ReceptiveFieldTests {
  private static let height = 23
  private static let width = 19

  private func network(_ layout: TensorLayout) throws -> NeuralNetwork {
    func positive(_ shape: [Int], seed: UInt64) -> Tensor {
      .weights(shape, seed: seed, in: 0.1...1)
    }
    return try NeuralNetwork(
      layout: layout, inputs: [.map("data", [1, Self.height, Self.width, 2], layout)],
      layers: [
        Layer(
          "strided",
          Convolution(
            weights: positive([3, 3, 3, 2], seed: 1), stride: [2, 2], padding: .uniform(1)),
          inputs: ["data"]),
        Layer("relu", Activation(.relu), inputs: ["strided"]),
        Layer("pool", .pooling(.average(countsPadding: false), 3), inputs: ["relu"]),
        Layer(
          "wide",
          Convolution(
            weights: positive([2, 3, 2, 3], seed: 2), dilation: [2, 1],
            padding: .explicit(before: [0, 1], after: [0, 1])), inputs: ["pool"]),
        Layer("mean", GlobalPooling(.average), inputs: ["wide"]),
        Layer("flat", Flatten(), inputs: ["mean"]),
      ], outputs: ["flat"])
  }

  private let shapes = ["data": [1, height, width, 2]]

  /// Protects strides, dilation, uneven padding and windows that hang over: with weights above 0 the gradient of a
  /// position is above 0 exactly in its field.
  @Test(
    arguments: [TensorLayout.channelsFirst, .channelsLast], ["strided", "relu", "pool", "wide"])
  func areWhereGradientsAre(layout: TensorLayout, layer: String) throws {
    let network = try network(layout)
    let fields = try ReceptiveFields(
      of: .name(layer), in: network, input: "data", shapes: shapes)
    let program = try Program(network, inputShapes: shapes, taps: [.name(layer)])
    #expect(fields.shape == program.taps[0].shape && fields.hasPositions)
    let workspace = try Workspace(program)
    let (rows, columns, channels) = (fields.shape[1], fields.shape[2], fields.shape[3])
    for row in 0..<rows {
      for column in 0..<columns {
        workspace.setInput("data", to: Tensor(shape: shapes["data"] ?? [], repeating: 1))
        workspace.forward()
        workspace.clearTapGradients()
        workspace.withTapGradient(0) { $0[(row * columns + column) * channels] = 1 }
        workspace.pullback()
        let gradient = workspace.inputGradient("data").elements
        let pixels = gradient.indices.filter { gradient[$0] > 0 }.map { $0 / 2 }
        let (ys, xs) = (pixels.map { $0 / Self.width }, pixels.map { $0 % Self.width })
        let expected = MapRegion(
          rows: try #require(ys.min())..<(try #require(ys.max()) + 1),
          columns: try #require(xs.min())..<(try #require(xs.max()) + 1))
        #expect(try fields.field(at: .cell(row: row, column: column)) == expected)
      }
    }
  }

  /// Protects what needs all of its input, and the errors of what has no positions.
  @Test func beyondMaps() throws {
    let network = try network(.channelsFirst)
    let mean = try ReceptiveFields(of: "mean", in: network, input: "data", shapes: shapes)
    #expect(
      try mean.field(at: .center)
        == MapRegion(rows: 0..<Self.height, columns: 0..<Self.width))
    let flat = try ReceptiveFields(of: "flat", in: network, input: "data", shapes: shapes)
    #expect(!flat.hasPositions && flat.shape == [1, 2])
    #expect(throws: VisualizationError.noPositions(layer: "flat", shape: [1, 2])) {
      try flat.field(at: .center)
    }
    let pool = try ReceptiveFields(of: "pool", in: network, input: "data", shapes: shapes)
    #expect(
      throws: VisualizationError.positionOutOfRange(
        row: 6, column: 0, layer: "pool", height: pool.shape[1], width: pool.shape[2])
    ) { try pool.field(at: .cell(row: 6, column: 0)) }
    #expect(throws: VisualizationError.missingInput(name: "other")) {
      try ReceptiveFields(of: "pool", in: network, input: "other", shapes: shapes)
    }
  }
}
