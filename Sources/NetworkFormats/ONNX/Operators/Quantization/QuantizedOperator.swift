/// An operator that computes with quantized numbers what another computes with real ones.
struct QuantizedOperator: Sendable {
  /// A quantized input.
  struct Operand: Sendable {
    let position: Int
    let grid: QuantizationInputs
    /// Along which several scales are laid out.
    let axis: Int

    init(_ position: Int, _ scale: Int, _ zeroPoint: Int, axis: Int = 0) {
      self.position = position
      grid = QuantizationInputs(scale, zeroPoint)
      self.axis = axis
    }
  }

  /// What the operator of real numbers reads at each place.
  enum Input: Sendable {
    /// A quantized input.
    case quantized(Operand)
    /// An input that is no quantized number, such as a condition.
    case plain(Int)
    /// Integers on the grid of a product of the quantized inputs before, with no zero point.
    case summand(Int)
  }

  /// The operator of real numbers.
  let operatorName: String
  let inputs: [Input]
  /// Where the result's scale and zero point are; without them it is real numbers.
  let output: QuantizationInputs?

  init(_ operatorName: String, _ inputs: [Input], output: QuantizationInputs?) {
    (self.operatorName, self.inputs, self.output) = (operatorName, inputs, output)
  }

  /// One quantized input, of which the operator is a function.
  private static func function(_ operatorName: String) -> QuantizedOperator {
    QuantizedOperator(
      operatorName, [.quantized(Operand(0, 1, 2))], output: QuantizationInputs(3, 4))
  }

  /// Two quantized inputs.
  private static func pair(_ operatorName: String, axes: (Int, Int) = (0, 0)) -> QuantizedOperator {
    QuantizedOperator(
      operatorName,
      [.quantized(Operand(0, 1, 2, axis: axes.0)), .quantized(Operand(3, 4, 5, axis: axes.1))],
      output: QuantizationInputs(6, 7))
  }

  /// A result of parts that are joined: its scale and zero point come first, and three inputs for each part.
  static func concatenation(of parts: Int) -> QuantizedOperator {
    let operands = (0..<parts).map { Input.quantized(Operand(3 * $0 + 2, 3 * $0 + 3, 3 * $0 + 4)) }
    return QuantizedOperator("Concat", operands, output: QuantizationInputs(0, 1))
  }

  /// Where an operator has the scale and the zero point of its result.
  static func output(of operatorName: String) -> QuantizationInputs? {
    operatorName == "QLinearConcat"
      ? concatenation(of: 0).output : all[operatorName]?.output
  }

  /// All such operators whose inputs stand at fixed places, by name; those of onnxruntime's own domain too:
  /// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
  static let all: [String: QuantizedOperator] = [
    "QLinearConv": QuantizedOperator(
      "Conv", [.quantized(Operand(0, 1, 2)), .quantized(Operand(3, 4, 5)), .summand(8)],
      output: QuantizationInputs(6, 7)),
    "QLinearMatMul": pair("MatMul", axes: (-2, -1)),
    "QGemm": QuantizedOperator(
      "Gemm", [.quantized(Operand(0, 1, 2)), .quantized(Operand(3, 4, 5)), .summand(6)],
      output: QuantizationInputs(7, 8)),
    "QLinearAdd": pair("Add"), "QLinearMul": pair("Mul"),
    "QLinearSigmoid": function("Sigmoid"), "QLinearLeakyRelu": function("LeakyRelu"),
    "QLinearSoftmax": function("Softmax"), "QLinearReduceMean": function("ReduceMean"),
    "QLinearAveragePool": function("AveragePool"),
    "QLinearGlobalAveragePool": function("GlobalAveragePool"),
    "QLinearWhere": QuantizedOperator(
      "Where", [.plain(0), .quantized(Operand(1, 2, 3)), .quantized(Operand(4, 5, 6))],
      output: QuantizationInputs(7, 8)),
  ]
}
