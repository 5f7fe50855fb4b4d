import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects what padding, slices, splits and reductions take from where, against rows written by hand.
@Suite struct SelectionValueTests {
  @Test(arguments: [
    (Pad.Mode.constant(9), [9.0, 9, 1, 2, 3, 9]), (.reflect, [3, 2, 1, 2, 3, 2]),
    (.edge, [1, 1, 1, 2, 3, 3]), (.wrap, [2, 3, 1, 2, 3, 1]),
  ])
  func padding(_ mode: Pad.Mode, _ expected: [Double]) throws {
    #expect(try row(Pad(mode, amounts: .constant([2, 1]))) == expected)
  }

  @Test func negativePaddingCrops() throws {
    #expect(try row(Pad(.constant(9), amounts: .constant([-2, 1]))) == [3, 9])
    #expect(try row(Pad(.edge, amounts: .constant([1, -1]))) == [1, 1, 2])
  }

  @Test(arguments: [
    ([0], [2], [1], [1.0, 2]), ([-2], [Int.max], [1], [2, 3]), ([-1], [Int.min], [-1], [3, 2, 1]),
    ([Int.max], [0], [-2], [3]), ([0], [3], [2], [1, 3]), ([1], [1], [1], []),
    ([-100], [-1], [1], [1, 2]),
  ])
  func slice(_ starts: [Int], _ ends: [Int], _ steps: [Int], _ expected: [Double]) throws {
    let slice = Slice(
      starts: .constant(starts), ends: .constant(ends), steps: .constant(steps))
    #expect(try row(slice) == expected)
  }

  @Test func repetitions() throws {
    #expect(try row(Tile(repeats: .constant([2]))) == [1, 2, 3, 1, 2, 3])
    #expect(try row(Expand(to: .constant([2, 3]))) == [1, 2, 3, 1, 2, 3])
  }

  @Test func conditionsChoose() throws {
    let single = OperationCase("where", Where(), inputs: [[3], [1], [3]])
    let chosen = try single.outputs([
      "input 0": DoubleTensor(shape: [3], elements: [0, -1, 0.5]),
      "input 1": DoubleTensor(shape: [1], elements: [9]),
      "input 2": DoubleTensor(shape: [3], elements: [1, 2, 3]),
    ])
    #expect(chosen[0].elements == [1, 9, 9])
  }

  @Test func splitsMayBeUnevenAndJoinAgain() throws {
    let single = OperationCase("split", Split(axis: 0, parts: 2), inputs: [[3]], outputs: 2)
    let parts = try single.outputs(["input 0": DoubleTensor(shape: [3], elements: [1, 2, 3])])
    #expect(parts.map(\.elements) == [[1, 2], [3]])
    let join = OperationCase("join", Concatenation(axis: -1), inputs: [[2], [1]])
    let whole = try join.outputs(["input 0": parts[0], "input 1": parts[1]])
    #expect(whole.map(\.elements) == [[1, 2, 3]])
  }

  @Test func concatenationKeepsTheOrderOfChannels() throws {
    let join = OperationCase(
      "join", Concatenation(axis: 1), inputs: [[1, 1, 2, 1], [1, 1, 2, 2]])
    let result = try join.outputs([
      "input 0": DoubleTensor(shape: [1, 1, 2, 1], elements: [1, 2]),
      "input 1": DoubleTensor(shape: [1, 1, 2, 2], elements: [10, 20, 30, 40]),
    ])
    #expect(result == [DoubleTensor(shape: [1, 1, 2, 3], elements: [1, 10, 20, 2, 30, 40])])
  }

  @Test(arguments: [
    (Reduction.Operator.sum, 2.0), (.mean, 0.5), (.sumOfSquares, 30), (.l1Norm, 10),
    (.l2Norm, 5.477225575051661), (.maximum, 4), (.minimum, -3), (.product, 24),
    (.logSum, 0.6931471805599453), (.logSumExp, 4.1336433595320905),
  ])
  func reduction(_ operation: Reduction.Operator, _ expected: Double) throws {
    let single = OperationCase(
      "reduction", Reduction(operation, axes: nil), inputs: [[4]])
    let input = DoubleTensor(shape: [4], elements: [2, -1, 4, -3])
    #expect(try single.outputs(["input 0": input])[0].elements == [expected])
  }

  @Test func meansAreOverLogicalAxes() throws {
    let input = DoubleTensor(shape: [1, 1, 2, 2], elements: [1, 10, 3, 30])
    func mean(_ axes: [Int]?, keepsAxes: Bool = true) throws -> DoubleTensor {
      let single = OperationCase(
        "mean", Reduction(.mean, axes: axes, keepsAxes: keepsAxes), inputs: [[1, 1, 2, 2]])
      return try single.outputs(["input 0": input])[0]
    }
    // Axis 1 holds the channels, axis −1 the columns.
    #expect(try mean([1]) == DoubleTensor(shape: [1, 1, 2, 1], elements: [5.5, 16.5]))
    #expect(try mean([-1]) == DoubleTensor(shape: [1, 1, 1, 2], elements: [2, 20]))
    #expect(try mean([2, 3], keepsAxes: false) == DoubleTensor(shape: [1, 2], elements: [2, 20]))
    #expect(try mean(nil, keepsAxes: false) == DoubleTensor(shape: [], elements: [11]))
  }

  /// What an operation makes of the row 1, 2, 3.
  private func row(_ operation: any LayerOperation) throws -> [Double] {
    let single = OperationCase("row", operation, inputs: [[3]])
    return try single.outputs(["input 0": DoubleTensor(shape: [3], elements: [1, 2, 3])])[0]
      .elements
  }
}
