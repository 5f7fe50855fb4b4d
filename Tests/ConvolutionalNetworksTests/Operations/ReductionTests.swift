import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects sums, means, norms and extrema over every choice of axes, kept or not.
@Suite struct ReductionTests {
  @Test(arguments: Reduction.Operator.allCases, TensorLayout.both)
  func agreesWithInterpreter(_ operation: Reduction.Operator, layout: TensorLayout) throws {
    let choices = [[1, 2], [1], [2], [3], [0], [0, 3], [1, 3], [0, 1, 2, 3], []]
    for axes in choices {
      for keeps in [true, false] {
        for shape in [[2, 3, 4, 5], [1, 30, 29, 20]] {
          try OperationCase("\(shape)", shape, range: operation.testedRange) { layout in
            Reduction(operation, axes: axes.map { layout.axis($0) - 4 }, keepsAxes: keeps)
          }.check(layout)
        }
      }
    }
  }

  @Test(arguments: Reduction.Operator.allCases)
  func reducesEverything(_ operation: Reduction.Operator) throws {
    for shape in [[3, 7], [6], [2, 3, 4]] {
      try OperationCase("all of \(shape)", shape, range: operation == .logSum ? 0.5...3 : -1...3) {
        _ in
        Reduction(operation, axes: nil, keepsAxes: false)
      }
      .check(.channelsFirst)
    }
  }

  /// Protects the gradients that formulas leave open: of norms at 0, and of extrema that occur twice.
  @Test(arguments: TensorLayout.both)
  func sharesTiesAndIsFlatAtZero(layout: TensorLayout) throws {
    for operation in Reduction.Operator.allCases where operation != .logSum {
      let network = try NeuralNetwork(
        layout: layout, inputs: [.map("x", [2, 2, 2, 2], layout)],
        layers: [
          Layer(
            "y", Reduction(operation, axes: [layout.axis(1), layout.axis(3)]), inputs: ["x"])
        ], outputs: ["y"])
      for elements in [[0, 0, 0, 0], [1, 3, 3, 1], [-2, -2, 5, -2]] as [[Double]] {
        let inputs = [
          "x": DoubleTensor(
            shape: [2, 2, 2, 2], elements: elements.flatMap { Array(repeating: $0, count: 4) })
        ]
        try expectAgreement(network, inputs, taps: ["y"])
      }
    }
  }

  /// Protects a maximum against hiding a number that is none.
  @Test(arguments: [Reduction.Operator.maximum, .minimum])
  func passesNaNOn(_ operation: Reduction.Operator) throws {
    for position in [0, 5, 39] {
      var x = DoubleTensor(shape: [1, 40])
      x.elements[position] = .nan
      let network = try NeuralNetwork(
        layout: .channelsLast, inputs: [NetworkInput("x", shape: [1, 40], channelAxis: nil)],
        layers: [Layer("y", Reduction(operation, axes: [1]), inputs: ["x"])], outputs: ["y"])
      #expect(try EngineRun(network, ["x": x], taps: ["y"]).taps[0].elements[0].isNaN)
    }
  }
}

extension Reduction.Operator {
  /// Twice the numbers that it is tested with.
  fileprivate var testedRange: ClosedRange<Double> {
    switch self {
    // Of thousands of factors the product neither overflows nor vanishes.
    case .product: 1.8...2.2
    case .logSum: 0.5...3
    default: -1...3
    }
  }
}
