/// A recurrent layer: LSTM, GRU or a simple one, over a sequence in one direction.
///
/// It reads the sequence, `[N, steps, inputs]` (or `[steps, N, inputs]` with `sequenceAxis` 0), and the first state
/// `[N, units]` and first cell `[N, units]` where they are not 0; an extent of 1 in place of N is for all. It writes the
/// state after each step, `[N, steps, units]`, the last state, `[N, units]`, and an LSTM's last cell, `[N, units]`.
///
/// Both directions are two layers, one of them reversed, and a `Concatenation`.
public struct Recurrence: LayerOperation {
  /// What is computed at each step.
  public let cell: RecurrentCell
  /// W, `[gates · units, inputs]`, the gates in the order of `RecurrentCell.gates`.
  public let inputWeights: Tensor
  /// R, `[gates · units, units]`.
  public let recurrentWeights: Tensor
  /// Added to `W x`, `[gates · units]`.
  public let inputBias: Tensor?
  /// Added to `R h`, `[gates · units]`; it differs from `inputBias` for the candidate of a GRU that resets after.
  public let recurrentBias: Tensor?
  /// What an LSTM's gates see of its cell, `[3, units]`: input, forget and output. Gers and Schmidhuber 2000.
  public let peepholes: Tensor?
  /// The activations, in the order of `RecurrentCell.activations`.
  public let activations: [RecurrentActivation]
  /// What activations read is kept within ± this number.
  public let clip: Float?
  /// Whether the last step comes first; states stay where their steps are.
  public let isReversed: Bool
  /// The axis of the steps: 1, or 0 where the batch is axis 1.
  public let sequenceAxis: Int
  /// The number of steps taken; what comes after them is 0. `nil` takes all.
  public let stepCount: Int?

  /// A recurrent layer.
  ///
  /// - Parameters:
  ///   - gates: the order in which weights, biases and peepholes hold the gates; that of `RecurrentCell.gates` unless
  ///     given. PyTorch's and Keras' LSTM has it; ONNX has `[.input, .output, .forget, .cell]`. Keras' and ONNX' GRU
  ///     has it; PyTorch has `[.reset, .update, .candidate]`.
  ///   - inputWeights: `[gates · units, inputs]`; Keras' kernel is transposed.
  ///   - recurrentWeights: `[gates · units, units]`; Keras' recurrent kernel is transposed.
  ///   - peepholes: `[3, units]`, in the order of those gates that have one.
  /// - Precondition: `gates` holds each gate of the cell once.
  public init(
    _ cell: RecurrentCell, gates: [RecurrentCell.Gate]? = nil, inputWeights: Tensor,
    recurrentWeights: Tensor, inputBias: Tensor? = nil, recurrentBias: Tensor? = nil,
    peepholes: Tensor? = nil, activations: [RecurrentActivation]? = nil, clip: Float? = nil,
    isReversed: Bool = false, sequenceAxis: Int = 1, stepCount: Int? = nil
  ) {
    self.cell = cell
    let given = gates ?? cell.gates
    precondition(
      given.count == cell.gates.count && Set(given) == Set(cell.gates), "gates \(given) of \(cell)")
    let order = cell.gates.compactMap(given.firstIndex)
    func ordered(_ tensor: Tensor) -> Tensor { tensor.reorderingGates(order) }
    self.inputWeights = ordered(inputWeights)
    self.recurrentWeights = ordered(recurrentWeights)
    self.inputBias = inputBias.map(ordered)
    self.recurrentBias = recurrentBias.map(ordered)
    let peeping = given.filter { $0 != .cell }
    self.peepholes = peepholes.map {
      $0.reorderingGates(cell.gates.filter { $0 != .cell }.compactMap(peeping.firstIndex))
    }
    self.activations = activations ?? cell.activations
    self.clip = clip
    self.isReversed = isReversed
    self.sequenceAxis = sequenceAxis
    self.stepCount = stepCount
  }

  public var kind: String { cell.name }
  public var inputCount: ClosedRange<Int> { 1...(cell.hasCell ? 3 : 2) }
  public var parameters: [LayerParameter] {
    LayerParameter.list([
      "inputWeights": inputWeights, "recurrentWeights": recurrentWeights, "inputBias": inputBias,
      "recurrentBias": recurrentBias, "peepholes": peepholes,
    ])
  }
  public var fault: String? {
    if let clip, !(clip > 0) { return "the clip is \(clip)" }
    return activations.lazy.compactMap(\.fault).first
  }

  /// The number of units.
  public var units: Int { recurrentWeights.shape.last ?? 0 }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let sequence = inputs[0]
    guard sequence.count == 3, sequence.allSatisfy({ $0 > 0 }), (0...1).contains(sequenceAxis)
    else { throw ShapeError("it needs a sequence of three axes") }
    try checkWeights(inputs: sequence[2])
    let batch = sequence[1 - sequenceAxis]
    for state in inputs.dropFirst() where state != [batch, units] && state != [1, units] {
      throw ShapeError("a first state of shape \(state) for [\(batch), \(units)]")
    }
    if let stepCount, !(0...sequence[sequenceAxis]).contains(stepCount) {
      throw ShapeError("\(stepCount) steps of \(sequence[sequenceAxis])")
    }
    let last = Array(repeating: [batch, units], count: cell.hasCell ? 2 : 1)
    return [Array(sequence.dropLast()) + [units]] + last
  }

  private func checkWeights(inputs: Int) throws(ShapeError) {
    let rows = cell.gates.count.multipliedClamped(by: units)
    guard units > 0, recurrentWeights.shape == [rows, units], inputWeights.shape == [rows, inputs]
    else {
      throw ShapeError(
        """
        weights \(inputWeights.shape) and \(recurrentWeights.shape) of \(cell.gates.count) gates do not fit \(inputs) \
        inputs
        """)
    }
    for bias in [inputBias, recurrentBias].compactMap(\.self) where bias.count != rows {
      throw ShapeError("\(bias.count) biases for \(rows) gates of units")
    }
    if let peepholes, !cell.hasCell || peepholes.count != 3 * units {
      throw ShapeError("\(peepholes.count) peepholes for \(units) units")
    }
    guard activations.count == cell.activations.count else {
      throw ShapeError(
        "\(activations.count) activations, but \(cell.name) has \(cell.activations.count)")
    }
  }

  public func multiplyAdds(inputs: [[Int]], outputs: [[Int]]) -> Int {
    let steps = inputs[0][0].multipliedClamped(by: inputs[0][1])
    return steps.multipliedClamped(by: inputWeights.count + recurrentWeights.count)
  }
}

extension Tensor {
  /// The blocks of the first axis, one for each gate, in another order; unchanged where they are not as many, which a
  /// rule refuses.
  fileprivate func reorderingGates(_ order: [Int]) -> Tensor {
    guard order != Array(order.indices), !order.isEmpty, let rows = shape.first,
      rows % order.count == 0
    else { return self }
    let block = rows / order.count
    return selectingRows(order.flatMap { $0 * block..<($0 + 1) * block })
  }
}
