import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects the values of activation functions and arithmetic.
@Suite struct ElementwiseValueTests {
  /// Values at −1 and 1: the definitions under the math module of Python.
  @Test(arguments: [
    (ActivationFunction.linear, -1.0, 1.0),
    (.relu, 0, 1),
    (.clip(minimum: -0.25, maximum: 0.5), -0.25, 0.5),
    (.leakyReLU(slope: 0.125), -0.125, 1),
    (.parametricReLU(slopes: Tensor(shape: [1], elements: [0.25])), -0.25, 1),
    (.elu(alpha: 0.5), -0.31606027941427883, 1),
    (.selu(alpha: 1.5, scale: 2), -1.8963616764856730, 2),
    (.gelu(approximate: false), -0.15865525393145705, 0.84134474606854295),
    (.gelu(approximate: true), -0.15880800939172324, 0.84119199060827676),
    (.silu, -0.26894142136999512, 0.73105857863000488),
    (.celu(alpha: 2), -0.78693868057473315, 1),
    (.thresholdedReLU(threshold: 0.5), 0, 1),
    (.thresholdedReLU(threshold: 1), 0, 0),
    (.swish(alpha: 2), -0.11920292202211755, 0.88079707797788244),
    (.mish, -0.30340146137410895, 0.8650983882673103),
    (.softsign, -0.5, 0.5),
    (.hardSwish, -1.0 / 3, 2.0 / 3),
    (.hardSigmoid(alpha: 0.75, beta: 0.5), 0, 1),
    (.hardSigmoid(alpha: 0.25, beta: 0.5), 0.25, 0.75),
    (.sigmoid, 0.26894142136999512, 0.73105857863000488),
    (.tanh, -0.76159415595576489, 0.76159415595576489),
    (.softplus, 0.31326168751822284, 1.3132616875182228),
  ])
  func activationAtMinusOneAndOne(_ function: ActivationFunction, _ below: Double, _ above: Double)
    throws
  {
    let values = try outputs(Activation(function), [[-1, 1]])
    #expect(abs(values[0] - below) < 1e-15)
    #expect(abs(values[1] - above) < 1e-15)
  }

  /// Values and slopes at ¼, by Python's math module.
  @Test(arguments: [
    (MathFunction.absolute, 0.25, 1.0), (.exponential, 1.2840254166877414, 1.2840254166877414),
    (.logarithm, -1.3862943611198906, 4), (.squareRoot, 0.5, 1), (.reciprocal, 4, -16),
    (.errorFunction, 0.2763263901682369, 1.0600141293761143),
  ])
  func mathFunctionAtOneQuarter(_ function: MathFunction, _ value: Double, _ slope: Double) throws {
    let single = OperationCase("value", function, inputs: [[1]])
    let point = ["input 0": DoubleTensor(shape: [1], elements: [0.25])]
    let evaluation = try ReferenceInterpreter(single.network).evaluate(point, taps: ["layer"])
    #expect(abs(try evaluation.value(of: "layer").elements[0] - value) < 1e-15)
    let one = DoubleTensor(shape: [1], elements: [1])
    let gradient = try evaluation.gradient(of: ["layer": one], withRespectTo: "input 0")
    #expect(abs(gradient.elements[0] - slope) < 1e-14)
  }

  /// Exponentials of large numbers overflow, which must not reach the results.
  @Test func farFromZeroNothingOverflows() throws {
    #expect(try outputs(Activation(.softplus), [[-800, 800]]) == [0, 800])
    #expect(try outputs(Activation(.sigmoid), [[-800, 800]]) == [0, 1])
    #expect(try outputs(Activation(.silu), [[-800, 800]]).map(abs) == [0, 800])
    #expect(try outputs(Activation(.softmax(axis: 0)), [[1000, 1000]]) == [0.5, 0.5])
    #expect(try outputs(Activation(.logSoftmax(axis: 0)), [[1000, 0]]) == [0, -1000])
  }

  @Test func slopesPerChannelMeetTheirChannels() throws {
    let slopes = Tensor(shape: [2, 1, 1], elements: [2, 3])
    let single = OperationCase(
      "PReLU", Activation(.parametricReLU(slopes: slopes)), inputs: [[1, 1, 2, 2]])
    let input = DoubleTensor(shape: [1, 1, 2, 2], elements: [-1, -1, -2, 5])
    #expect(try single.outputs(["input 0": input])[0].elements == [-2, -3, -4, 5])
  }

  @Test(arguments: [
    (Arithmetic.Operator.add, [11.0, 21, 12, 22]), (.subtract, [-9, -19, -8, -18]),
    (.multiply, [10, 20, 20, 40]), (.divide, [0.1, 0.05, 0.2, 0.1]),
    (.power, [1, 1, 1024, 1_048_576]),
  ])
  func operandsAreStretched(_ symbol: Arithmetic.Operator, _ expected: [Double]) throws {
    let single = OperationCase("arithmetic", Arithmetic(symbol), inputs: [[2, 1], [2]])
    let column = DoubleTensor(shape: [2, 1], elements: [1, 2])
    let row = DoubleTensor(shape: [2], elements: [10, 20])
    let result = try single.outputs(["input 0": column, "input 1": row])[0]
    #expect(result == DoubleTensor(shape: [2, 2], elements: expected))
  }

  private func outputs(_ operation: any LayerOperation, _ rows: [[Double]]) throws -> [Double] {
    let single = OperationCase("value", operation, inputs: rows.map { [$0.count] })
    var inputs: [String: DoubleTensor] = [:]
    for (i, row) in rows.enumerated() {
      inputs["input \(i)"] = DoubleTensor(shape: [row.count], elements: row)
    }
    return try single.outputs(inputs)[0].elements
  }
}
