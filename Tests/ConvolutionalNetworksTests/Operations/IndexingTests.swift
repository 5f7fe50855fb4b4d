import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects what indices address that are values of the network, repeated and negative ones among them, and gradients,
/// which are sums where an element is taken twice.
@Suite struct IndexingTests {
  /// Data of shape [2, 3, 4] and indices.
  private static let addressings: [(IndexAddressing, Tensor)] = [
    (.positions(axis: 1), Tensor(shape: [2, 2], elements: [0, 2, -1, 0])),
    (.positions(axis: -1), Tensor(shape: [], elements: [-4])),
    (.elements(axis: 0), Tensor(shape: [3, 2, 4], elements: (0..<24).map { Float($0 % 2) })),
    (.elements(axis: 2), Tensor(shape: [2, 3, 2], elements: (0..<12).map { Float($0 % 7 - 3) })),
    (.coordinates(batchAxes: 0), Tensor(shape: [3, 2], elements: [1, 2, -1, 0, 1, 2])),
    (.coordinates(batchAxes: 0), Tensor(shape: [2, 3], elements: [1, 2, 3, 0, 0, -1])),
    (.coordinates(batchAxes: 1), Tensor(shape: [2, 2, 1], elements: [1, 2, 0, 0])),
  ]

  @Test(arguments: addressings.indices)
  func gathersAsInterpreted(_ position: Int) throws {
    let (addressing, indices) = Self.addressings[position]
    try check([[2, 3, 4]]) {
      Layer("y", IndexedGather(addressing), inputs: $0 + ["indices"])
    } indices: {
      indices
    }
  }

  @Test(arguments: addressings.indices, IndexedScatter.Combination.allCases)
  func scattersAsInterpreted(_ position: Int, _ combination: IndexedScatter.Combination) throws {
    let (addressing, indices) = Self.addressings[position]
    if case .elements(0) = addressing { return }
    let updates = try IndexedGather(addressing)
      .outputShapes(for: [[2, 3, 4], indices.shape], layout: .channelsLast)[0]
    try check([[2, 3, 4], updates]) {
      Layer(
        "y", IndexedScatter(addressing, combination), inputs: [$0[0], "indices", $0[1]])
    } indices: {
      indices
    }
  }

  /// Protects products of zeros, by which nothing can be divided.
  @Test func productsOfZerosHaveGradients() throws {
    let network = try NeuralNetwork(
      layout: .channelsLast,
      inputs: [
        NetworkInput("x", shape: [4], channelAxis: nil),
        NetworkInput("u", shape: [3], channelAxis: nil),
      ],
      layers: [
        Layer("i", Constant(Tensor(shape: [3], elements: [1, 1, 2])), inputs: []),
        Layer(
          "y", IndexedScatter(.elements(axis: 0), .product), inputs: ["x", "i", "u"]),
      ], outputs: ["y"])
    try expectAgreement(
      network,
      [
        "x": DoubleTensor(shape: [4], elements: [2, 3, 0, 5]),
        "u": DoubleTensor(shape: [3], elements: [0, 4, 7]),
      ], taps: ["y"])
  }

  /// Protects memory beyond the data: what lies there is no number, and what goes there is left out.
  @Test func staysWithinTheData() throws {
    let network = try NeuralNetwork(
      layout: .channelsLast,
      inputs: [
        NetworkInput("x", shape: [3], channelAxis: nil),
        NetworkInput("i", shape: [3], channelAxis: nil),
      ],
      layers: [
        Layer("gathered", IndexedGather(.positions(axis: 0)), inputs: ["x", "i"]),
        Layer(
          "scattered", IndexedScatter(.elements(axis: 0), .sum), inputs: ["x", "i", "x"]),
      ], outputs: ["gathered", "scattered"])
    let run = try EngineRun(
      network,
      [
        "x": DoubleTensor(shape: [3], elements: [1, 2, 3]),
        "i": DoubleTensor(shape: [3], elements: [3, .nan, 1]),
      ], taps: ["gathered", "scattered"])
    #expect(run.taps[0].elements[0].isNaN && run.taps[0].elements[1].isNaN)
    #expect(run.taps[0].elements[2] == 2)
    #expect(run.taps[1].elements == [1, 5, 3])
  }

  private func check(
    _ shapes: [[Int]], _ layer: ([String]) -> Layer, indices: () -> Tensor
  ) throws {
    let names = shapes.indices.map { "x\($0)" }
    let network = try NeuralNetwork(
      layout: .channelsLast,
      inputs: zip(names, shapes).map { NetworkInput($0, shape: $1, channelAxis: nil) },
      layers: [Layer("indices", Constant(indices()), inputs: []), layer(names)], outputs: ["y"])
    var tensors = SeededTensors(seed: 4)
    let inputs = Dictionary(
      uniqueKeysWithValues: zip(names, shapes).map { ($0, tensors.spaced($1, in: 0.5...2)) })
    try expectAgreement(network, inputs, taps: ["y"])
  }
}
