/// `h ← (1 − z) · n + z · h`.
struct GRUStep: RecurrentStep {
  let weights: RecurrentWeights
  /// b', `[units]`, of a candidate that is reset after its product; `nil` is 0.
  let candidateBias: Tensor?
  let resetsAfter: Bool
  let gate: GateCurve
  let content: GateCurve

  private var units: Int { weights.units }

  func forward(
    _ memory: RecurrenceMemory, turn: Int, place: Int, _ scratch: UnsafeMutablePointer<Float>
  ) {
    let (sums, gates) = (memory.sums(place), memory.values(place))
    let (old, new) = (memory.state(turn), memory.state(turn + 1))
    weights.multiply(old, gate: 0, count: 2, into: sums)
    gate.apply(sums, values: gates, count: 2 * units, scratch: scratch)
    let (reset, candidate) = (gates + units, sums + 2 * units)
    let looked = memory.content(turn)
    if resetsAfter {
      if let candidateBias {
        looked.update(from: candidateBias.unsafeElements, count: units)
      } else {
        looked.update(repeating: 0, count: units)
      }
      weights.multiply(old, gate: 2, count: 1, into: looked)
      for i in 0..<units { candidate[i] += reset[i] * looked[i] }
    } else {
      for i in 0..<units { looked[i] = reset[i] * old[i] }
      weights.multiply(looked, gate: 2, count: 1, into: candidate)
    }
    content.apply(candidate, values: gates + 2 * units, count: units, scratch: scratch)
    for i in 0..<units {
      new[i] = (1 - gates[i]) * gates[2 * units + i] + gates[i] * old[i]
    }
  }

  func pullback(
    _ memory: RecurrenceMemory, turn: Int, place: Int, state: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>
  ) {
    let (sums, gates, old) = (memory.sums(place), memory.values(place), memory.state(turn))
    let (looked, candidate) = (memory.content(turn), sums + 2 * units)
    for i in 0..<units {
      candidate[i] *= state[i] * (1 - gates[i])
      sums[i] *= state[i] * (old[i] - gates[2 * units + i])
      state[i] *= gates[i]
    }
    let product = scratch
    if resetsAfter {
      for i in 0..<units {
        product[i] = candidate[i] * gates[units + i]
        sums[units + i] *= candidate[i] * looked[i]
      }
      weights.pullBack(product, gate: 2, count: 1, into: state, accumulating: true)
    } else {
      weights.pullBack(candidate, gate: 2, count: 1, into: product, accumulating: false)
      for i in 0..<units {
        state[i] += product[i] * gates[units + i]
        sums[units + i] *= product[i] * old[i]
      }
    }
    weights.pullBack(sums, gate: 0, count: 2, into: state, accumulating: true)
  }
}
