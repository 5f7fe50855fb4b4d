/// When each value, gradient and kernel state of a program is needed, and so where it lies.
///
/// Time runs forward through the steps and then back again: step i computes at i and pulls back at 2n − i.
struct MemorySchedule: Sendable {
  /// Offsets of the values by buffer, in `Float`s; views and slices point into what they are of.
  let values: [Int?]
  /// Offsets of the gradients by buffer; `nil` where none is wanted.
  let gradients: [Int?]
  /// Offsets of the kernels' states by step.
  let states: [Int?]
  /// For each step, whether its pullback runs.
  let pullsBack: [Bool]
  /// For each step and input, whether the pullback adds to a gradient that holds a share already.
  let accumulates: [[Bool]]
  /// The plan in all.
  let plan: MemoryPlan

  init(
    buffers: [ProgramCompiler.Buffer], steps: [ProgramCompiler.Step], constantSteps: Int,
    taps: [Int], inputs: [Int]
  ) {
    let places = BufferPlaces(buffers)
    func root(_ buffer: Int) -> Int { places.roots[buffer] }
    func offset(_ buffer: Int) -> Int { places.offsets[buffer] }
    let end = 2 * steps.count + 1
    let seeded = steps.count
    func backward(_ step: Int) -> Int { 2 * steps.count - step }

    // A gradient exists where one is wanted and something above hands one down.
    var reached = Set(taps.map(root))
    var pullsBack = [Bool](repeating: false, count: steps.count)
    var accumulates = steps.map { $0.inputs.map { _ in false } }
    var gradientLife: [Int: ClosedRange<Int>] = [:]
    // Where each gradient lies: in a place of its own, or in that of another.
    var gradientPlaces: [Int: Int] = [:]
    func extendGradient(of buffer: Int, to moment: Int) {
      if let place = gradientPlaces[root(buffer)] { gradientLife[place]?.extend(to: moment) }
    }
    for tap in taps where buffers[tap].needsGradient {
      gradientPlaces[root(tap)] = root(tap)
      gradientLife[root(tap)] = seeded...seeded
    }
    for (index, step) in steps.enumerated().reversed() {
      let wanted =
        step.kernel.keepsGradient || step.inputs.contains { buffers[$0].needsGradient }
      guard wanted, step.outputs.contains(where: { reached.contains(root($0)) }) else { continue }
      pullsBack[index] = true
      let now = backward(index)
      for output in step.outputs { extendGradient(of: output, to: now) }
      for (position, input) in step.inputs.enumerated() where buffers[input].needsGradient {
        let target = root(input)
        accumulates[index][position] = gradientPlaces[target] != nil
        reached.insert(target)
        let output = step.outputs[0]
        let passes =
          position == step.kernel.passingInput && buffers[input].count == buffers[output].count
          && [input, output].allSatisfy { buffers[$0].aliased == nil }
        let place = gradientPlaces[target] ?? (passes ? gradientPlaces[output] : nil) ?? target
        gradientPlaces[target] = place
        gradientLife[place, default: now...now].extend(to: now)
      }
    }
    for input in inputs { extendGradient(of: input, to: end) }

    var valueLife: [Int: ClosedRange<Int>] = [:]
    for input in inputs { valueLife[root(input)] = 0...end }
    for (index, step) in steps.enumerated() {
      // What no input changes is computed once and kept.
      let always = index < constantSteps
      for output in step.outputs {
        let life = always ? 0...end : index...index
        valueLife[root(output)] = valueLife[root(output)]?.union(life) ?? life
      }
      for input in step.inputs { valueLife[root(input)]?.extend(to: index) }
      guard pullsBack[index] else { continue }
      let reads = step.kernel.pullbackReads
      if reads.contains(.inputs) {
        for input in step.inputs { valueLife[root(input)]?.extend(to: backward(index)) }
      }
      if reads.contains(.outputs) {
        for output in step.outputs { valueLife[root(output)]?.extend(to: backward(index)) }
      }
    }

    for tap in taps { valueLife[root(tap)]?.extend(to: end) }

    var requests: [MemoryPlan.Request?] = []
    for (index, buffer) in buffers.enumerated() {
      requests.append(
        buffer.aliased == nil
          ? valueLife[index].map { .init(count: buffer.count, life: $0) } : nil)
    }
    for (index, buffer) in buffers.enumerated() {
      requests.append(
        buffer.aliased == nil
          ? gradientLife[index].map { .init(count: buffer.count, life: $0) } : nil)
    }
    for (index, step) in steps.enumerated() {
      let life =
        step.kernel.keepsGradient
        ? 0...end : pullsBack[index] ? index...backward(index) : index...index
      let count = step.kernel.stateCount
      requests.append(count > 0 ? .init(count: count, life: life) : nil)
    }
    let plan = MemoryPlan(requests)
    values = buffers.indices.map { buffer in
      plan.offsets[root(buffer)].map { $0 + offset(buffer) }
    }
    gradients = buffers.indices.map { buffer in
      gradientPlaces[root(buffer)].flatMap { plan.offsets[buffers.count + $0] }.map {
        $0 + offset(buffer)
      }
    }
    states = steps.indices.map { plan.offsets[2 * buffers.count + $0] }
    self.pullsBack = pullsBack
    self.accumulates = accumulates
    self.plan = plan
  }
}

extension ClosedRange<Int> {
  fileprivate mutating func extend(to moment: Int) {
    self = Swift.min(lowerBound, moment)...Swift.max(upperBound, moment)
  }

  fileprivate func union(_ other: ClosedRange<Int>) -> ClosedRange<Int> {
    Swift.min(lowerBound, other.lowerBound)...Swift.max(upperBound, other.upperBound)
  }
}

/// The buffers whose memory views and slices are part of, and where in it they lie.
private struct BufferPlaces {
  private(set) var roots: [Int]
  private(set) var offsets: [Int]

  init(_ buffers: [ProgramCompiler.Buffer]) {
    roots = Array(repeating: -1, count: buffers.count)
    offsets = Array(repeating: 0, count: buffers.count)
    // Slices of slices may go as deep as a network does.
    var path: [Int] = []
    for buffer in buffers.indices {
      var next = buffer
      while roots[next] < 0, let whole = buffers[next].aliased {
        path.append(next)
        next = whole
      }
      if roots[next] < 0 { roots[next] = next }
      while let part = path.popLast() {
        roots[part] = roots[next]
        offsets[part] = (buffers[part].slice?.offset ?? 0) + offsets[next]
        next = part
      }
    }
  }
}
