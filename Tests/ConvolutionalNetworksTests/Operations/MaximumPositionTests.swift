import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects the places of maxima over one to three axes in either layout, and that they have no gradient.
@Suite struct MaximumPositionTests {
  private static let cases: [(shape: [Int], window: SlidingWindow, ceilMode: Bool)] = [
    ([2, 9, 3], SlidingWindow(kernel: [3], stride: [2], padding: .sameUpper), false),
    ([2, 6, 5, 4], SlidingWindow(kernel: [2, 2], stride: [2, 2]), false),
    ([1, 6, 5, 20], SlidingWindow(kernel: [3, 3], stride: [2, 2]), true),
    ([2, 5, 7, 3], SlidingWindow(kernel: [3, 2], dilation: [2, 3], padding: .uniform(1)), false),
    (
      [1, 4, 5, 4, 2],
      SlidingWindow(
        kernel: [2, 3, 2], stride: [2, 1, 2], dilation: [1, 2, 1], padding: .uniform(1, axes: 3)),
      true
    ),
  ]

  @Test(arguments: MaximumPosition.Order.allCases, TensorLayout.both)
  func agreesWithTheInterpreter(_ order: MaximumPosition.Order, layout: TensorLayout) throws {
    for (shape, window, ceilMode) in Self.cases {
      try OperationCase("\(window.kernel)", shape) { _ in
        MaximumPosition(window: window, ceilMode: ceilMode, order: order)
      }.check(layout)
    }
  }

  /// Ties go to the first cell, as those of the pooling itself do.
  @Test func tiesGoToTheFirst() throws {
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [NetworkInput("x", shape: [1, 4, 1], channelAxis: 2)],
      layers: [
        Layer("y", MaximumPosition(window: SlidingWindow(kernel: [2])), inputs: ["x"])
      ], outputs: ["y"])
    let run = try EngineRun(
      network, ["x": DoubleTensor(shape: [1, 4, 1], elements: [2, 2, 1, 1])], taps: [.name("y")])
    #expect(run.taps[0].elements == [0, 1, 2])
  }
}
