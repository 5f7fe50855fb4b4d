/// `c ← f · c + i · g`, `h ← o · activation(c)`.
struct LSTMStep: RecurrentStep {
  let weights: RecurrentWeights
  /// `[3, units]`: input, forget, output.
  let peepholes: Tensor?
  let couplesGates: Bool
  let gate: GateCurve
  let content: GateCurve
  let output: GateCurve

  private var units: Int { weights.units }

  func forward(
    _ memory: RecurrenceMemory, turn: Int, place: Int, _ scratch: UnsafeMutablePointer<Float>
  ) {
    let (sums, gates) = (memory.sums(place), memory.values(place))
    let (old, new) = (memory.cell(turn), memory.cell(turn + 1))
    weights.multiply(memory.state(turn), gate: 0, count: 4, into: sums)
    addPeepholes(0, of: old, to: sums)
    addPeepholes(1, of: old, to: sums + units)
    gate.apply(sums, values: gates, count: 2 * units, scratch: scratch)
    content.apply(sums + 2 * units, values: gates + 2 * units, count: units, scratch: scratch)
    if couplesGates { for i in 0..<units { gates[units + i] = 1 - gates[i] } }
    for i in 0..<units {
      new[i] = gates[units + i] * old[i] + gates[i] * gates[2 * units + i]
    }
    addPeepholes(2, of: new, to: sums + 3 * units)
    gate.apply(sums + 3 * units, values: gates + 3 * units, count: units, scratch: scratch)
    let (seen, slopes) = (memory.content(turn), memory.contentSlopes(turn))
    slopes.update(from: new, count: units)
    output.apply(slopes, values: seen, count: units, scratch: scratch)
    let state = memory.state(turn + 1)
    for i in 0..<units { state[i] = gates[3 * units + i] * seen[i] }
  }

  func pullback(
    _ memory: RecurrenceMemory, turn: Int, place: Int, state: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>
  ) {
    let (sums, gates, cell) = (memory.sums(place), memory.values(place), state + units)
    let (old, seen, slopes) = (
      memory.cell(turn), memory.content(turn), memory.contentSlopes(turn)
    )
    for i in 0..<units {
      let output = 3 * units + i
      sums[output] *= state[i] * seen[i]
      cell[i] += state[i] * gates[output] * slopes[i]
      if let peepholes { cell[i] += sums[output] * peepholes.unsafeElements[2 * units + i] }
      var (input, forget) = (cell[i] * gates[2 * units + i], cell[i] * old[i])
      if couplesGates { (input, forget) = (input - forget, 0) }
      sums[i] *= input
      sums[units + i] *= forget
      sums[2 * units + i] *= cell[i] * gates[i]
      cell[i] *= gates[units + i]
      if let peepholes {
        cell[i] +=
          sums[i] * peepholes.unsafeElements[i]
          + sums[units + i] * peepholes.unsafeElements[units + i]
      }
    }
    weights.pullBack(sums, gate: 0, count: 4, into: state, accumulating: false)
  }

  private func addPeepholes(
    _ row: Int, of cell: UnsafePointer<Float>, to sums: UnsafeMutablePointer<Float>
  ) {
    guard let peepholes else { return }
    let factors = peepholes.unsafeElements + row * units
    for i in 0..<units { sums[i] += factors[i] * cell[i] }
  }
}
