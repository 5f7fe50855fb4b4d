internal import CFVKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

extension Reduction: CompilableOperation {
  /// A program drops axes by a view behind it: an axis that disappears changes what the others mean in a map.
  package var arrangementRule: ArrangementRule { keepsAxes ? .following : .logical }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let rank = context.logicalInputs[0].count
    let reduced = try reducedAxes(rank: rank).map {
      context.arrangement.place(axis: $0, rank: rank)
    }
    return ReductionKernel(`operator`, shape: context.inputs[0], axes: Set(reduced))
  }
}

/// Folds the elements along some axes into one; the pullback hands each of them its share.
struct ReductionKernel: Kernel {
  private let `operator`: Reduction.Operator
  private let walk: BroadcastWalk
  private let cuts: [BroadcastWalk.Cut]
  private let outputCount: Int
  /// The elements that one of the output is made of.
  private let share: Int

  /// The arrays of the walk.
  private static let (input, output) = (0, 1)

  /// For a value of shape `shape` in memory order, over the axes `axes` in memory.
  init(_ operator: Reduction.Operator, shape: [Int], axes: Set<Int>) {
    self.operator = `operator`
    let output = shape.indices.map { axes.contains($0) ? 1 : shape[$0] }
    let walk = BroadcastWalk(over: shape, arrays: [shape, output])
    self.walk = walk
    cuts = [0, 1].map { walk.cut(target: $0) }
    outputCount = output.reduce(1, *)
    share = axes.reduce(1) { $0 * shape[$1] }
  }

  var pullbackReads: PullbackReads {
    switch `operator` {
    case .sum, .mean, .logSum: []
    case .sumOfSquares, .l1Norm, .product: .inputs
    case .l2Norm, .maximum, .minimum, .logSumExp: [.inputs, .outputs]
    }
  }

  /// How many elements are equal to each extremum; the sums that logarithms are of; of products, that of the elements
  /// that are not 0 and the number of the others.
  var stateCount: Int {
    switch `operator` {
    case .maximum, .minimum, .logSum, .logSumExp: outputCount
    case .product: 2 * outputCount
    case .sum, .mean, .sumOfSquares, .l1Norm, .l2Norm: 0
    }
  }

  private var scale: Float { `operator` == .mean ? 1 / Float(share) : 1 }

  func forward(_ run: KernelRun) {
    let (input, output) = (run.inputs[0], run.outputs[0])
    switch `operator` {
    case .sum, .mean: fold(run, CFV_SCALE, input, into: output)
    case .sumOfSquares: fold(run, CFV_MULTIPLY, input, input, into: output)
    case .l1Norm: fold(run, CFV_MAGNITUDE, input, into: output)
    case .l2Norm:
      fold(run, CFV_MULTIPLY, input, input, into: output)
      for i in 0..<outputCount { output[i] = output[i].squareRoot() }
    case .product:
      fold(run, CFV_SCALE, input, into: output, CFV_PRODUCT, startingWith: 1)
    case .logSum:
      fold(run, CFV_SCALE, input, into: run.state)
      for i in 0..<outputCount { output[i] = logf(run.state[i]) }
    case .logSumExp:
      fold(run, CFV_SCALE, input, into: output, CFV_LARGEST, startingWith: -.infinity)
      // Exponentials of nothing but −∞ are relative to 0.
      for i in 0..<outputCount where output[i] == -.infinity { output[i] = 0 }
      fold(run, CFV_RELATIVE_EXPONENTIAL, input, output, second: Self.output, into: run.state)
      for i in 0..<outputCount { output[i] += logf(run.state[i]) }
    case .maximum:
      fold(run, CFV_SCALE, input, into: output, CFV_LARGEST, startingWith: -.infinity)
    case .minimum:
      fold(run, CFV_SCALE, input, into: output, CFV_SMALLEST, startingWith: .infinity)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let above = run.outputGradients[0] else { return }
    let (x, y) = (run.inputs[0], run.outputs[0])
    let cells = BroadcastWalk.Source(Self.input, x)
    switch `operator` {
    case .sum, .mean: spread(run, CFV_SCALE, above, into: gradient)
    case .sumOfSquares:
      for i in 0..<outputCount { above[i] *= 2 }
      spread(run, CFV_MULTIPLY, above, cells, into: gradient)
    case .l1Norm: spread(run, CFV_WITH_SIGN, above, cells, into: gradient)
    case .l2Norm:
      for i in 0..<outputCount { above[i] = y[i] == 0 ? 0 : above[i] / y[i] }
      spread(run, CFV_MULTIPLY, above, cells, into: gradient)
    case .product:
      let (product, zeros) = (run.state, run.state + outputCount)
      fold(run, CFV_NOT_ZERO, x, into: product, CFV_PRODUCT, startingWith: 1)
      fold(run, CFV_IS_ZERO, x, into: zeros)
      // Each element has the product of the others: with a 0 among them only that one has any.
      for i in 0..<outputCount {
        let share = above[i] * product[i]
        (above[i], product[i]) = (zeros[i] == 0 ? share : 0, zeros[i] == 1 ? share : 0)
      }
      let shares = BroadcastWalk.Source(Self.output, UnsafePointer(product))
      spread(run, CFV_SHARE_OF_PRODUCT, above, cells, shares, into: gradient)
    case .logSum:
      for i in 0..<outputCount { above[i] /= run.state[i] }
      spread(run, CFV_SCALE, above, into: gradient)
    case .logSumExp:
      for i in 0..<outputCount where y[i] == -.infinity { above[i] = 0 }
      spread(
        run, CFV_SHARE_OF_EXPONENTIALS, above, cells, .init(Self.output, UnsafePointer(y)),
        into: gradient)
    case .maximum, .minimum:
      let equals = run.state
      fold(run, CFV_EQUAL, x, y, second: Self.output, into: equals)
      for i in 0..<outputCount { above[i] /= max(equals[i], 1) }
      spread(
        run, CFV_WHERE_EQUAL, above, cells, .init(Self.output, UnsafePointer(y)), into: gradient)
    }
  }

  /// Combines the elements of the input, perhaps each with one of a second array, and folds them.
  private func fold(
    _ run: KernelRun, _ combination: cfv_combination, _ a: UnsafePointer<Float>,
    _ b: UnsafePointer<Float>? = nil, second: Int = input,
    into target: UnsafeMutablePointer<Float>, _ fold: cfv_fold = CFV_SUM,
    startingWith start: Float = 0
  ) {
    let cut = cuts[Self.output]
    if cut.sums || cut.chunks == 0 { target.update(repeating: start, count: outputCount) }
    run.forEachChunk(cut.chunks) { chunk, _ in
      walk.combine(
        combination, scale: scale, .init(Self.input, a), b.map { .init(second, $0) }, into: target,
        cut, chunk: chunk, accumulating: false, fold: fold)
    }
  }

  /// Hands what is combined of an output's gradient to each element that the output is made of.
  private func spread(
    _ run: KernelRun, _ combination: cfv_combination, _ above: UnsafePointer<Float>,
    _ b: BroadcastWalk.Source? = nil, _ c: BroadcastWalk.Source? = nil,
    into gradient: UnsafeMutablePointer<Float>
  ) {
    let cut = cuts[Self.input]
    run.forEachChunk(cut.chunks) { chunk, _ in
      walk.combine(
        combination, scale: scale, .init(Self.output, above), b, c, into: gradient, cut,
        chunk: chunk, accumulating: run.accumulates[0])
    }
  }
}
