import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects the arrays of the oracle, and the measures by which results are judged.
@Suite struct DoubleTensorTests {
  @Test func floatsSurviveTheWayThereAndBack() {
    let tensor = Tensor(shape: [2, 2], elements: [0.1, -3e38, .leastNonzeroMagnitude, 7])
    #expect(Tensor(DoubleTensor(tensor)) == tensor)
    #expect(DoubleTensor(tensor)[0, 0] == Double(Float(0.1)))
  }

  @Test func subscriptsAreRowMajor() {
    var tensor = DoubleTensor(shape: [2, 3], elements: [1, 2, 3, 4, 5, 6])
    tensor[1, 0] = 40
    #expect(tensor.elements == [1, 2, 3, 40, 5, 6])
    #expect(tensor[0, 2] == 3)
  }

  @Test func transpositionMovesAxes() {
    let tensor = DoubleTensor(shape: [1, 2, 3], elements: [1, 2, 3, 4, 5, 6])
    let moved = tensor.transposed([2, 0, 1])
    #expect(moved == DoubleTensor(shape: [3, 1, 2], elements: [1, 4, 2, 5, 3, 6]))
    #expect(moved.transposed([1, 2, 0]) == tensor)
    #expect(DoubleTensor(shape: []).transposed([]) == DoubleTensor(shape: []))
  }

  @Test func errorsAreRelativeToTheExpected() {
    let expected = DoubleTensor(shape: [2], elements: [3, -4])
    let actual = DoubleTensor(shape: [2], elements: [3.3, -4.4])
    #expect(abs(actual.relativeL2Error(from: expected) - 0.1) < 1e-15)
    #expect(abs(actual.largestRelativeError(from: expected) - 0.1) < 1e-15)
    let zeros = DoubleTensor(shape: [2])
    #expect(zeros.relativeL2Error(from: zeros) == 0)
    #expect(zeros.largestRelativeError(from: zeros) == 0)
    #expect(actual.relativeL2Error(from: zeros) == .infinity)
  }

  /// A NaN must fail every comparison with a tolerance.
  @Test func errorsDoNotHideNaN() {
    let expected = DoubleTensor(shape: [3], elements: [1, 2, 3])
    for position in 0..<3 {
      var spoilt = expected
      spoilt.elements[position] = .nan
      #expect(spoilt.relativeL2Error(from: expected).isNaN)
      #expect(spoilt.largestRelativeError(from: expected).isNaN)
    }
  }
}
