/// One step of a recurrent layer, and its way back.
protocol RecurrentStep: Sendable {
  /// Finishes the sums at `place`, which hold `W x + b`, and writes gates and states after the turn.
  ///
  /// - Parameter scratch: room for `RecurrenceExtents.scratchCount` numbers.
  func forward(
    _ memory: RecurrenceMemory, turn: Int, place: Int, _ scratch: UnsafeMutablePointer<Float>)

  /// Replaces the slopes at `place` by the gradients of the sums, and the gradients of state and cell after the turn by
  /// those before it.
  ///
  /// - Parameter state: the gradient of the state; that of the cell follows it.
  func pullback(
    _ memory: RecurrenceMemory, turn: Int, place: Int, state: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>)
}

/// The recurrent weights of some gates.
struct RecurrentWeights: Sendable {
  /// `[gates · units, units]`.
  let weights: Tensor
  let units: Int

  /// Adds `R h` of `count` gates from `gate` on to sums, or writes it.
  func multiply(
    _ state: UnsafePointer<Float>, gate: Int, count: Int, into sums: UnsafeMutablePointer<Float>,
    accumulating: Bool = true
  ) {
    MatrixProduct.compute(
      rows: 1, columns: count * units, inner: units, .plain(state, step: units),
      .transposed(weights.unsafeElements + gate * units * units, step: units), into: sums,
      step: count * units, accumulating: accumulating)
  }

  /// Writes `Rᵀ g` of the gradients of `count` gates' sums, or adds it.
  func pullBack(
    _ sums: UnsafePointer<Float>, gate: Int, count: Int,
    into state: UnsafeMutablePointer<Float>, accumulating: Bool
  ) {
    MatrixProduct.compute(
      rows: 1, columns: units, inner: count * units, .plain(sums, step: count * units),
      .plain(weights.unsafeElements + gate * units * units, step: units), into: state,
      step: units, accumulating: accumulating)
  }
}

/// `h ← f(W x + R h + b)`.
struct SimpleStep: RecurrentStep {
  let weights: RecurrentWeights
  let curve: GateCurve

  func forward(
    _ memory: RecurrenceMemory, turn: Int, place: Int, _ scratch: UnsafeMutablePointer<Float>
  ) {
    let (sums, units) = (memory.sums(place), weights.units)
    weights.multiply(memory.state(turn), gate: 0, count: 1, into: sums)
    curve.apply(sums, values: memory.state(turn + 1), count: units, scratch: scratch)
  }

  func pullback(
    _ memory: RecurrenceMemory, turn: Int, place: Int, state: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>
  ) {
    let sums = memory.sums(place)
    for i in 0..<weights.units { sums[i] *= state[i] }
    weights.pullBack(sums, gate: 0, count: 1, into: state, accumulating: false)
  }
}
