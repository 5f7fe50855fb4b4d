internal import CFVKernels

extension Arithmetic: EpilogueFusing {
  package var arrangementRule: ArrangementRule { .following }

  /// A sum of two maps and its activation are one pass, as at the end of a residual block.
  package func fuses(_ next: any LayerOperation, inputs: [[Int]]) -> Bool {
    isPlainSum(inputs) && next is Activation
  }

  private func isPlainSum(_ inputs: [[Int]]) -> Bool {
    `operator` == .add && inputs[0] == inputs[1]
  }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    if isPlainSum(context.inputs) {
      return AdditionKernel(count: context.outputs[0].reduce(1, *), epilogue: context.epilogue)
    }
    return ArithmeticKernel(
      `operator`, output: context.outputs[0], left: context.inputs[0], right: context.inputs[1])
  }
}

/// Combines two arrays element by element; the gradient of one that is stretched is the sum over the
/// elements that it stood for.
struct ArithmeticKernel: Kernel {
  private let `operator`: Arithmetic.Operator
  private let walk: BroadcastWalk
  private let cuts: [BroadcastWalk.Cut]
  private let counts: [Int]

  /// The arrays of the walk.
  private static let (output, left, right) = (0, 1, 2)

  init(_ operator: Arithmetic.Operator, output: [Int], left: [Int], right: [Int]) {
    self.operator = `operator`
    let arrays = [output, left, right]
    let walk = BroadcastWalk(over: output, arrays: arrays)
    self.walk = walk
    cuts = arrays.indices.map { walk.cut(target: $0) }
    counts = arrays.map { $0.reduce(1, *) }
  }

  var pullbackReads: PullbackReads {
    switch `operator` {
    case .add, .subtract: []
    case .multiply, .divide, .maximum, .minimum, .power, .remainder, .modulo: .inputs
    }
  }

  func forward(_ run: KernelRun) {
    let combination =
      switch `operator` {
      case .add: CFV_ADD
      case .subtract: CFV_SUBTRACT
      case .multiply: CFV_MULTIPLY
      case .divide: CFV_DIVIDE
      case .maximum: CFV_MAXIMUM
      case .minimum: CFV_MINIMUM
      case .power: CFV_POWER
      case .remainder: CFV_REMAINDER
      case .modulo: CFV_MODULO
      }
    let cut = cuts[Self.output]
    run.forEachChunk(cut.chunks) { chunk, _ in
      walk.combine(
        combination, .init(Self.left, run.inputs[0]), .init(Self.right, run.inputs[1]),
        into: run.outputs[0], cut, chunk: chunk, accumulating: false)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let output = run.outputGradients[0] else { return }
    let above = BroadcastWalk.Source(Self.output, output)
    let left = BroadcastWalk.Source(Self.left, run.inputs[0])
    let right = BroadcastWalk.Source(Self.right, run.inputs[1])
    switch `operator` {
    case .add:
      pullBack(run, 0, CFV_SCALE, above)
      pullBack(run, 1, CFV_SCALE, above)
    case .subtract:
      pullBack(run, 0, CFV_SCALE, above)
      pullBack(run, 1, CFV_SCALE, scale: -1, above)
    case .multiply:
      pullBack(run, 0, CFV_MULTIPLY, above, right)
      pullBack(run, 1, CFV_MULTIPLY, above, left)
    case .divide:
      pullBack(run, 0, CFV_DIVIDE, above, right)
      pullBack(run, 1, CFV_DIVISOR, above, left, right)
    case .maximum:
      pullBack(run, 0, CFV_WHERE_NOT_LESS, above, left, right)
      pullBack(run, 1, CFV_WHERE_GREATER, above, right, left)
    case .minimum:
      pullBack(run, 0, CFV_WHERE_NOT_LESS, above, right, left)
      pullBack(run, 1, CFV_WHERE_GREATER, above, left, right)
    case .power:
      pullBack(run, 0, CFV_POWER_BASE, above, left, right)
      pullBack(run, 1, CFV_POWER_EXPONENT, above, left, right)
    case .remainder:
      pullBack(run, 0, CFV_SCALE, above)
      pullBack(run, 1, CFV_REMAINDER_DIVISOR, above, left, right)
    case .modulo:
      pullBack(run, 0, CFV_SCALE, above)
      pullBack(run, 1, CFV_MODULO_DIVISOR, above, left, right)
    }
  }

  private func pullBack(
    _ run: KernelRun, _ input: Int, _ combination: cfv_combination, scale: Float = 1,
    _ a: BroadcastWalk.Source, _ b: BroadcastWalk.Source? = nil, _ c: BroadcastWalk.Source? = nil
  ) {
    guard let gradient = run.inputGradients[input] else { return }
    let cut = cuts[input + 1]
    if cut.sums, !run.accumulates[input] {
      gradient.update(repeating: 0, count: counts[input + 1])
    }
    run.forEachChunk(cut.chunks) { chunk, _ in
      walk.combine(
        combination, scale: scale, a, b, c, into: gradient, cut, chunk: chunk,
        accumulating: run.accumulates[input])
    }
  }
}
