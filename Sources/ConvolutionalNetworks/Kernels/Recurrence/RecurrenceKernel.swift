extension Recurrence: CompilableOperation {
  package var arrangementRule: ArrangementRule { .logical }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    RecurrenceKernel(
      extents: RecurrenceExtents(self, sequence: context.inputs[0]), inputWeights: inputWeights,
      bias: biasOfSums, isReversed: isReversed, step: step,
      stateRows: context.inputs.dropFirst().map { $0[0] })
  }

  /// What is added to `W x` before the steps, `[gates · units]`.
  private var biasOfSums: Tensor? {
    guard inputBias != nil || recurrentBias != nil else { return nil }
    let rows = inputWeights.shape[0]
    var sums = inputBias?.elements ?? Array(repeating: 0, count: rows)
    // The candidate's own bias is reset with its product.
    let added = cell == .gru(resetAfter: true) ? 2 * units : rows
    if let recurrentBias { for i in 0..<added { sums[i] += recurrentBias.elements[i] } }
    return Tensor(shape: [rows], elements: sums)
  }

  private var step: any RecurrentStep {
    let weights = RecurrentWeights(weights: recurrentWeights, units: units)
    let curves = activations.map { GateCurve($0, clip: clip) }
    switch cell {
    case .simple: return SimpleStep(weights: weights, curve: curves[0])
    case .lstm(let couplesGates):
      // What an LSTM hands out of its cell is not clipped, as in onnxruntime.
      return LSTMStep(
        weights: weights, peepholes: peepholes, couplesGates: couplesGates, gate: curves[0],
        content: curves[1], output: GateCurve(activations[2], clip: nil))
    case .gru(let resetAfter):
      return GRUStep(
        weights: weights,
        candidateBias: resetAfter
          ? recurrentBias?.selectingRows(Array(2 * units..<3 * units)) : nil,
        resetsAfter: resetAfter, gate: curves[0], content: curves[1])
    }
  }
}

/// A recurrent layer of each picture by itself: `W x` of all steps by one product, then step by step.
struct RecurrenceKernel: LibraryKernel {
  let extents: RecurrenceExtents
  let inputWeights: Tensor
  let bias: Tensor?
  let isReversed: Bool
  let step: any RecurrentStep
  /// The rows of first states and first cells: as many as pictures, or one for all.
  let stateRows: [Int]

  /// The columns of a product that are computed at once.
  private static let chunk = 256

  var pullbackReads: PullbackReads { [] }
  var stateCount: Int { extents.pictures * extents.keptCount }
  var scratchCount: Int { extents.scratchCount }

  private var units: Int { extents.units }

  /// The place in the sequence of a turn.
  private func place(_ turn: Int) -> Int { isReversed ? extents.taken - 1 - turn : turn }

  func forward(_ run: KernelRun) {
    multiplyInputs(run)
    run.forEachChunk(extents.pictures) { picture, worker in
      let memory = RecurrenceMemory(extents, run.state, picture: picture)
      setFirst(memory.state(0), run, input: 1, picture)
      if extents.hasCell { setFirst(memory.cell(0), run, input: 2, picture) }
      for turn in 0..<extents.taken {
        step.forward(memory, turn: turn, place: place(turn), run.scratch(worker))
        output(run, picture, place(turn)).update(from: memory.state(turn + 1), count: units)
      }
      for place in extents.taken..<extents.steps {
        output(run, picture, place).update(repeating: 0, count: units)
      }
      (run.outputs[1] + picture * units).update(from: memory.state(extents.taken), count: units)
      if extents.hasCell {
        (run.outputs[2] + picture * units).update(from: memory.cell(extents.taken), count: units)
      }
    }
  }

  func pullback(_ run: KernelRun) {
    run.forEachChunk(extents.pictures) { picture, worker in
      let memory = RecurrenceMemory(extents, run.state, picture: picture)
      let gradient = run.scratch(worker)
      let scratch = gradient + 2 * units
      setGradient(gradient, run, output: 1, picture)
      if extents.hasCell { setGradient(gradient + units, run, output: 2, picture) }
      for turn in (0..<extents.taken).reversed() {
        if let outputs = run.outputGradients[0] {
          let row = outputs + extents.vector(picture, place(turn)) * units
          for i in 0..<units { gradient[i] += row[i] }
        }
        step.pullback(memory, turn: turn, place: place(turn), state: gradient, scratch)
      }
      // Nothing reads the first state any more.
      memory.state(0).update(from: gradient, count: units)
      if extents.hasCell { memory.cell(0).update(from: gradient + units, count: units) }
    }
    pullBackInputs(run)
    for input in run.inputs.indices.dropFirst() { pullBackFirst(run, input: input) }
  }

  private func output(_ run: KernelRun, _ picture: Int, _ place: Int)
    -> UnsafeMutablePointer<Float>
  {
    run.outputs[0] + extents.vector(picture, place) * units
  }

  /// Writes `W x + b` of every step taken; the columns of each picture are shared.
  private func multiplyInputs(_ run: KernelRun) {
    forEachBlock(run, of: extents.rows) { picture, first, count in
      let sums = RecurrenceMemory(extents, run.state, picture: picture).sums(0) + first
      if let bias {
        for place in 0..<extents.taken {
          (sums + place * extents.rows).update(from: bias.unsafeElements + first, count: count)
        }
      }
      MatrixProduct.compute(
        rows: extents.taken, columns: count, inner: extents.inputs,
        .plain(
          run.inputs[0] + extents.vector(picture, 0) * extents.inputs,
          step: extents.stride * extents.inputs),
        .transposed(inputWeights.unsafeElements + first * extents.inputs, step: extents.inputs),
        into: sums, step: extents.rows, accumulating: bias != nil)
    }
  }

  /// Writes the gradient of the sequence; that of steps not taken is 0.
  private func pullBackInputs(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0] else { return }
    let (inputs, accumulating) = (extents.inputs, run.accumulates[0])
    forEachBlock(run, of: inputs) { picture, first, count in
      let target = gradient + extents.vector(picture, 0) * inputs + first
      MatrixProduct.compute(
        rows: extents.taken, columns: count, inner: extents.rows,
        .plain(
          RecurrenceMemory(extents, run.state, picture: picture).sums(0), step: extents.rows),
        .plain(inputWeights.unsafeElements + first, step: inputs),
        into: target, step: extents.stride * inputs, accumulating: accumulating)
      guard !accumulating else { return }
      for place in extents.taken..<extents.steps {
        (target + place * extents.stride * inputs).update(repeating: 0, count: count)
      }
    }
  }

  /// Shares blocks of `columns` columns of each picture.
  private func forEachBlock(
    _ run: KernelRun, of columns: Int, _ body: (_ picture: Int, _ first: Int, _ count: Int) -> Void
  ) {
    let blocks = (columns + Self.chunk - 1) / Self.chunk
    run.forEachChunk(extents.pictures * blocks) { chunk, _ in
      let first = chunk % blocks * Self.chunk
      body(chunk / blocks, first, min(Self.chunk, columns - first))
    }
  }

  private func setFirst(
    _ target: UnsafeMutablePointer<Float>, _ run: KernelRun, input: Int, _ picture: Int
  ) {
    guard run.inputs.indices.contains(input) else {
      return target.update(repeating: 0, count: units)
    }
    let row = stateRows[input - 1] == 1 ? 0 : picture
    target.update(from: run.inputs[input] + row * units, count: units)
  }

  private func setGradient(
    _ target: UnsafeMutablePointer<Float>, _ run: KernelRun, output: Int, _ picture: Int
  ) {
    if let gradient = run.outputGradients[output] {
      target.update(from: gradient + picture * units, count: units)
    } else {
      target.update(repeating: 0, count: units)
    }
  }

  /// Writes the gradient of first states or first cells, which the pullback has left in their place.
  private func pullBackFirst(_ run: KernelRun, input: Int) {
    guard let gradient = run.inputGradients[input] else { return }
    var adds = run.accumulates[input]
    for picture in 0..<extents.pictures {
      let memory = RecurrenceMemory(extents, run.state, picture: picture)
      let isOne = stateRows[input - 1] == 1
      add(
        input == 1 ? memory.state(0) : memory.cell(0),
        to: gradient + (isOne ? 0 : picture * units), units, adds)
      if isOne { adds = true }
    }
  }
}
