import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects positions, orders and sums along axes of maps in either layout, and the gradients of those that have one.
@Suite struct RankingTests {
  private static let shapes = [[2, 3, 4, 5], [3, 7], [1, 20, 21, 12]]

  @Test(arguments: ExtremumPosition.Extremum.allCases, TensorLayout.both)
  func positionsOfExtrema(_ extremum: ExtremumPosition.Extremum, layout: TensorLayout) throws {
    for shape in Self.shapes {
      for axis in shape.indices {
        for keeps in [true, false] {
          try OperationCase("along \(axis)", shape) { _ in
            ExtremumPosition(extremum, axis: axis, keepsAxis: keeps)
          }.check(layout)
        }
      }
    }
  }

  /// Protects the choice among equal elements.
  @Test func choosesAmongEqualElements() throws {
    let operations: [any LayerOperation] = [
      ExtremumPosition(.maximum, axis: 1), ExtremumPosition(.maximum, axis: 1, selectsLast: true),
      ExtremumPosition(.minimum, axis: 1), ExtremumPosition(.minimum, axis: 1, selectsLast: true),
    ]
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [NetworkInput("x", shape: [1, 5], channelAxis: nil)],
      layers: operations.enumerated().map { Layer("y\($0)", $1, inputs: ["x"]) },
      outputs: ["y0"])
    let run = try EngineRun(
      network, ["x": DoubleTensor(shape: [1, 5], elements: [1, 3, 1, 3, 2])],
      taps: (0..<4).map { .name("y\($0)") })
    #expect(run.taps.map { $0.elements[0] } == [1, 3, 0, 2])
  }

  @Test(arguments: [true, false], TensorLayout.both)
  func topElements(takesLargest: Bool, layout: TensorLayout) throws {
    for shape in Self.shapes {
      for axis in shape.indices {
        // No axis is shorter in either layout.
        for count in [1, shape.min() ?? 0] {
          try OperationCase("along \(axis)", shape, outputs: 2) { _ in
            TopElements(count, axis: axis, takesLargest: takesLargest)
          }.check(layout)
        }
      }
    }
  }

  @Test(arguments: TensorLayout.both)
  func cumulativeSums(layout: TensorLayout) throws {
    for shape in Self.shapes {
      for axis in shape.indices {
        for (isExclusive, isReversed) in [
          (false, false), (false, true), (true, false), (true, true),
        ] {
          try OperationCase("along \(axis)", shape) { _ in
            CumulativeSum(axis: axis, isExclusive: isExclusive, isReversed: isReversed)
          }.check(layout)
        }
      }
    }
  }

  @Test(arguments: Triangle.Part.allCases, [-100, -2, 0, 1, 100, .max, .min])
  func triangles(_ part: Triangle.Part, diagonal: Int) throws {
    for shape in [[2, 3, 4, 5], [3, 7], [5, 2]] {
      try OperationCase("\(shape)", shape) { _ in Triangle(part, diagonal: diagonal) }
        .check(.channelsLast)
    }
  }
}
