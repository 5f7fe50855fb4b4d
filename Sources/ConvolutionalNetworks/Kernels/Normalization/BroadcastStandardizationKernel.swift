internal import CFVKernels

/// Standardizes over any axes, in several passes over memory: channels of feature maps over their positions.
struct BroadcastStandardizationKernel: Kernel {
  private let walk: BroadcastWalk
  private let valueCut: BroadcastWalk.Cut
  private let statisticCut: BroadcastWalk.Cut
  private let scale: Tensor
  private let shift: Tensor
  private let epsilon: Float
  private let subtractsMean: Bool
  /// The elements of the value, and the means taken of them.
  private let count: Int
  private let groups: Int

  /// The arrays of the walk.
  private enum Role {
    static let (value, statistic, scale, shift) = (0, 1, 2, 3)
  }

  init(_ standardization: Standardization) {
    let shape = standardization.shape
    let groups = shape.indices.map { standardization.axes.contains($0) ? 1 : shape[$0] }
    (scale, shift) = (standardization.scale, standardization.shift)
    epsilon = standardization.epsilon
    subtractsMean = standardization.subtractsMean
    let walk = BroadcastWalk(over: shape, arrays: [shape, groups, scale.shape, shift.shape])
    self.walk = walk
    valueCut = walk.cut(target: Role.value)
    statisticCut = walk.cut(target: Role.statistic)
    count = shape.reduce(1, *)
    self.groups = groups.reduce(1, *)
  }

  var pullbackReads: PullbackReads { [] }

  /// The standardized value, the rate `1 / √(variance + ε)` of each group, and two sums of each.
  var stateCount: Int { count + 3 * groups }

  private struct State {
    let standardized: UnsafeMutablePointer<Float>
    let rates: UnsafeMutablePointer<Float>
    let sums: UnsafeMutablePointer<Float>
    let products: UnsafeMutablePointer<Float>
  }

  private func state(_ run: KernelRun) -> State {
    let rates = run.state + count
    return State(
      standardized: run.state, rates: rates, sums: rates + groups, products: rates + 2 * groups)
  }

  func forward(_ run: KernelRun) {
    let state = state(run)
    let input = BroadcastWalk.Source(Role.value, run.inputs[0])
    let output = BroadcastWalk.Source(Role.value, run.outputs[0])
    let standardized = BroadcastWalk.Source(Role.value, state.standardized)
    var deviation = input
    if subtractsMean {
      sum(run, CFV_SCALE, input, into: state.sums)
      for group in 0..<groups { state.sums[group] *= 1 / groupCount }
      // The output holds what deviates from the mean for a while.
      combine(
        run, CFV_SUBTRACT, input, .init(Role.statistic, state.sums), into: run.outputs[0])
      deviation = output
    }
    sum(run, CFV_MULTIPLY, deviation, deviation, into: state.rates)
    for group in 0..<groups {
      state.rates[group] = 1 / (state.rates[group] / groupCount + epsilon).squareRoot()
    }
    combine(
      run, CFV_MULTIPLY, deviation, .init(Role.statistic, state.rates), into: state.standardized)
    combine(
      run, CFV_MULTIPLY, standardized, .init(Role.scale, scale.unsafeElements),
      into: run.outputs[0])
    combine(
      run, CFV_SCALE, .init(Role.shift, shift.unsafeElements), into: run.outputs[0],
      accumulating: true)
  }

  /// `rate · (g − mean(g) − y · mean(g · y))` of the standardized y and its gradient g; `mean(g)` is left out where no
  /// mean was taken away.
  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    let state = state(run)
    let above = BroadcastWalk.Source(Role.value, output)
    let factor = BroadcastWalk.Source(Role.scale, scale.unsafeElements)
    let standardized = BroadcastWalk.Source(Role.value, state.standardized)
    sum(run, CFV_MULTIPLY_THREE, above, factor, standardized, into: state.products)
    for group in 0..<groups { state.products[group] *= -state.rates[group] / groupCount }
    combine(
      run, CFV_MULTIPLY_THREE, above, factor, .init(Role.statistic, state.rates), into: gradient,
      accumulating: run.accumulates[0])
    if subtractsMean {
      sum(run, CFV_MULTIPLY, above, factor, into: state.sums)
      for group in 0..<groups { state.sums[group] *= -state.rates[group] / groupCount }
      combine(
        run, CFV_SCALE, .init(Role.statistic, state.sums), into: gradient, accumulating: true)
    }
    combine(
      run, CFV_MULTIPLY, standardized, .init(Role.statistic, state.products), into: gradient,
      accumulating: true)
  }

  private var groupCount: Float { Float(count / max(groups, 1)) }

  /// Writes a combination to each element of `target`.
  private func combine(
    _ run: KernelRun, _ combination: cfv_combination, _ a: BroadcastWalk.Source,
    _ b: BroadcastWalk.Source? = nil, _ c: BroadcastWalk.Source? = nil,
    into target: UnsafeMutablePointer<Float>, accumulating: Bool = false
  ) {
    run.forEachChunk(valueCut.chunks) { chunk, _ in
      walk.combine(
        combination, a, b, c, into: target, valueCut, chunk: chunk, accumulating: accumulating)
    }
  }

  /// Writes the sum of a combination over each group to `target`.
  private func sum(
    _ run: KernelRun, _ combination: cfv_combination, _ a: BroadcastWalk.Source,
    _ b: BroadcastWalk.Source? = nil, _ c: BroadcastWalk.Source? = nil,
    into target: UnsafeMutablePointer<Float>
  ) {
    target.update(repeating: 0, count: groups)
    run.forEachChunk(statisticCut.chunks) { chunk, _ in
      walk.combine(
        combination, a, b, c, into: target, statisticCut, chunk: chunk, accumulating: true)
    }
  }
}
