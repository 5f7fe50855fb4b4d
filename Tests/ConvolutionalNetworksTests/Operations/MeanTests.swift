import ConvolutionalNetworks
import Testing

/// Protects means over every choice of axes, kept or not.
@Suite struct MeanTests {
  @Test(
    arguments: [[1, 2], [1], [2], [3], [0], [0, 3], [1, 3], [0, 1, 2, 3], []] as [[Int]],
    TensorLayout.both)
  func agreesWithInterpreter(axes: [Int], layout: TensorLayout) throws {
    for keeps in [true, false] {
      for shape in [[2, 3, 4, 5], [1, 30, 29, 20]] {
        try OperationCase("\(shape)", shape, range: -1...3) { layout in
          Mean(axes: axes.map { layout.axis($0) - 4 }, keepsAxes: keeps)
        }.check(layout)
      }
    }
  }

  @Test func averagesEverything() throws {
    for shape in [[3, 7], [6], [2, 3, 4]] {
      try OperationCase("all of \(shape)", shape, range: -1...3) { _ in
        Mean(axes: nil, keepsAxes: false)
      }
      .check(.channelsFirst)
    }
  }
}
