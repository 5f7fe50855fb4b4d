import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects the values of operations with windows, above all at the edges, against numbers worked out by
/// hand from the definitions.
@Suite struct WindowValueTests {
  @Test func convolutionDoesNotFlipItsKernel() throws {
    let weights = Tensor(shape: [1, 2, 2, 1], elements: [1, 10, 100, 1000])
    let result = try value(
      Convolution(weights: weights, bias: Tensor(shape: [1], elements: [0.5])), [1, 2, 3, 4, 5, 6],
      shape: [1, 2, 3, 1])
    #expect(result == DoubleTensor(shape: [1, 1, 2, 1], elements: [5421.5, 6532.5]))
  }

  @Test func samePaddingPutsTheOddCellWhereItSays() throws {
    let weights = Tensor(shape: [1, 2, 1], elements: [1, 10])
    let upper = try value(
      Convolution(weights: weights, padding: .sameUpper), [1, 2, 3], shape: [1, 3, 1])
    let lower = try value(
      Convolution(weights: weights, padding: .sameLower), [1, 2, 3], shape: [1, 3, 1])
    #expect(upper.elements == [21, 32, 3])
    #expect(lower.elements == [10, 21, 32])
  }

  @Test func paddingStrideAndDilationMoveTheWindow() throws {
    let weights = Tensor(shape: [1, 2, 1], elements: [1, 10])
    let result = try value(
      Convolution(
        weights: weights, stride: [2], dilation: [3], padding: .explicit(before: [1], after: [2])),
      [1, 2, 3, 4, 5], shape: [1, 5, 1])
    // Cells −1 and 2, 1 and 4, 3 and 6.
    #expect(result.elements == [30, 52, 4])
  }

  @Test func groupsDoNotMix() throws {
    // Channels 1, 2 and 3, 4; two outputs a group.
    let weights = Tensor(shape: [4, 1, 1, 2], elements: [1, 10, 2, 20, 3, 30, 4, 40])
    let result = try value(
      Convolution(weights: weights, groups: 2), [1, 2, 3, 4], shape: [1, 1, 1, 4])
    #expect(result.elements == [21, 42, 129, 172])
  }

  @Test func normsAreOverTheCellsInside() throws {
    let window = SlidingWindow(kernel: [2], padding: .uniform(1, axes: 1))
    func norm(p: Float) throws -> [Double] {
      try value(Pooling(.norm(p: p), window: window), [3, -4, 0], shape: [1, 3, 1]).elements
    }
    #expect(try norm(p: 1) == [3, 7, 4, 0])
    #expect(try norm(p: 2) == [3, 5, 4, 0])
  }

  @Test func channelsBecomeBlocks() throws {
    let numbers: [Double] = [0, 1, 2, 3, 4, 5, 6, 7]
    func blocks(_ operation: any LayerOperation, _ shape: [Int]) throws -> DoubleTensor {
      try value(operation, numbers, shape: shape)
    }
    let cells = try blocks(DepthToSpace(blockSize: 2, order: .depthColumnRow), [1, 1, 1, 8])
    #expect(cells == DoubleTensor(shape: [1, 2, 2, 2], elements: numbers))
    let shuffled = try blocks(DepthToSpace(blockSize: 2, order: .columnRowDepth), [1, 1, 1, 8])
    #expect(
      shuffled == DoubleTensor(shape: [1, 2, 2, 2], elements: [0, 4, 1, 5, 2, 6, 3, 7]))
    let back = try blocks(SpaceToDepth(blockSize: 2), [1, 2, 4, 1])
    #expect(back == DoubleTensor(shape: [1, 1, 2, 4], elements: [0, 1, 4, 5, 2, 3, 6, 7]))
  }

  @Test func averagesCountPaddingButNotWhatLiesBeyondIt() throws {
    // Windows over cells 0…3, 2…5 and 4…7: the last one touches 5, 6, one padded cell and one beyond it.
    let window = SlidingWindow(
      kernel: [4], stride: [2], padding: .explicit(before: [0], after: [1]))
    let row: [Double] = [1, 2, 3, 4, 5, 6]
    func mean(_ countsPadding: Bool, ceilMode: Bool) throws -> [Double] {
      let pooling = Pooling(
        .average(countsPadding: countsPadding), window: window, ceilMode: ceilMode)
      return try value(pooling, row, shape: [1, 6, 1]).elements
    }
    #expect(try mean(true, ceilMode: true) == [2.5, 4.5, 11.0 / 3])
    #expect(try mean(false, ceilMode: true) == [2.5, 4.5, 5.5])
    #expect(try mean(true, ceilMode: false) == [2.5, 4.5])
  }

  @Test(arguments: [
    (Pooling.Reduction.maximum, [1.0, 4.0]), (.average(countsPadding: true), [0.5, 3.5]),
  ])
  func windowsStartInsideTheInput(_ reduction: Pooling.Reduction, _ expected: [Double]) throws {
    // By the formula alone a third window would start at 5, in the padding after the input.
    let window = SlidingWindow(kernel: [2], stride: [3], padding: .uniform(1, axes: 1))
    let pooling = Pooling(reduction, window: window, ceilMode: true)
    #expect(try value(pooling, [1, 2, 3, 4], shape: [1, 4, 1]).elements == expected)
  }

  @Test func paddingNeverWinsAMaximum() throws {
    let pooling = Pooling(
      .maximum, window: SlidingWindow(kernel: [3], padding: .uniform(1, axes: 1)))
    #expect(try value(pooling, [-3, -2, -5], shape: [1, 3, 1]).elements == [-2, -2, -2])
  }

  @Test(arguments: [
    Pooling(.maximum, window: SlidingWindow(kernel: [2, 2])) as any LayerOperation,
    GlobalPooling(.maximum),
  ])
  func theFirstOfEqualMaximaTakesTheGradient(_ operation: any LayerOperation) throws {
    let single = OperationCase("maximum", operation, inputs: [[1, 2, 2, 1]])
    let input = DoubleTensor(shape: [1, 2, 2, 1], elements: [1, 7, 7, 7])
    let evaluation = try ReferenceInterpreter(single.network)
      .evaluate(["input 0": input], taps: ["layer"])
    let gradient = try evaluation.gradient(
      of: ["layer": DoubleTensor(shape: [1, 1, 1, 1], elements: [3])], withRespectTo: "input 0")
    #expect(gradient.elements == [0, 3, 0, 0])
  }

  @Test func responsesAreNormalizedByTheirNeighbours() throws {
    let odd = LocalResponseNormalization(size: 3, alpha: 3, beta: 1, bias: 1)
    #expect(
      try value(odd, [1, 2, 3], shape: [1, 1, 1, 3]).elements == [1.0 / 6, 2.0 / 15, 3.0 / 14])
    // An even number reaches further ahead than back.
    let even = LocalResponseNormalization(size: 2, alpha: 2, beta: 0.5, bias: 4)
    let expected = [1 / 9.0.squareRoot(), 2 / 17.0.squareRoot(), 3 / 13.0.squareRoot()]
    let actual = try value(even, [1, 2, 3], shape: [1, 1, 1, 3])
    #expect(
      actual.largestRelativeError(from: DoubleTensor(shape: [1, 1, 1, 3], elements: expected))
        < 1e-15)
  }

  @Test func batchNormalizationUsesItsStatistics() throws {
    func numbers(_ a: Float, _ b: Float) -> Tensor { Tensor(shape: [2], elements: [a, b]) }
    let normalization = BatchNormalization(
      scale: numbers(5, 1), shift: numbers(7, 0), mean: numbers(1, -1), variance: numbers(3, 0.75),
      epsilon: 1)
    let expected = [5 * (3.0 - 1) / 2 + 7, (3.0 + 1) / 1.75.squareRoot()]
    #expect(try value(normalization, [3, 3], shape: [1, 1, 1, 2]).elements == expected)
  }

  /// The value of an operation of a channels-first network.
  private func value(_ operation: any LayerOperation, _ elements: [Double], shape: [Int]) throws
    -> DoubleTensor
  {
    let single = OperationCase("value", operation, inputs: [shape])
    return try single.outputs(["input 0": DoubleTensor(shape: shape, elements: elements)])[0]
  }
}
