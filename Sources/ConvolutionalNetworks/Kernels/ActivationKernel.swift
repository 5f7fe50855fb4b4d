internal import CFVKernels

extension Activation: CompilableOperation {
  package var arrangementRule: ArrangementRule { .following }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let shape = context.inputs[0]
    if let axis = function.coupledAxis {
      var isLogarithmic = false
      if case .logSoftmax = function { isLogarithmic = true }
      return SoftmaxKernel.make(
        shape: shape, axis: try context.place(axis: axis), isLogarithmic: isLogarithmic)
    }
    if context.backpropModifier == nil, let clipping = Epilogue.none.followed(by: function) {
      return ClippingKernel(count: shape.reduce(1, *), epilogue: clipping)
    }
    let curve: ActivationCurve
    if case .parametricReLU(let slopes) = function {
      curve = .parametric(RepeatedSlopes(slopes, shape: shape, arrangement: context.arrangement))
    } else {
      guard let fixed = function.curve else { throw ShapeError("\(kind) is no curve") }
      curve = .fixed(fixed)
    }
    return ActivationKernel(
      count: shape.reduce(1, *), curve: curve, isRectifier: function.isRectifier,
      modifier: context.backpropModifier)
  }
}

/// An activation that works on each element alone.
struct ActivationKernel: Kernel {
  let count: Int
  let curve: ActivationCurve
  let isRectifier: Bool
  let modifier: (any BackpropModifier)?

  /// Elements of one chunk.
  private static let chunk = 1 << 13

  var pullbackReads: PullbackReads { [.inputs, .outputs] }

  var scratchCount: Int { 2 * min(Self.chunk, count) }

  func forward(_ run: KernelRun) {
    run.forEachBlock(of: count, size: Self.chunk) { first, count, _ in
      curve.apply(run.inputs[0] + first, run.outputs[0] + first, first: first, count: count)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    run.forEachBlock(of: count, size: Self.chunk) { first, count, worker in
      let x = run.inputs[0] + first
      let y = run.outputs[0] + first
      let slopes = run.scratch(worker)
      curve.slopes(x, y, slopes, first: first, count: count)
      guard let modifier else {
        cfv_multiply(output + first, slopes, gradient + first, count, run.accumulates[0] ? 1 : 0)
        return
      }
      let modified = slopes + min(Self.chunk, self.count)
      func buffer(_ start: UnsafePointer<Float>) -> UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(start: start, count: count)
      }
      modifier.pullback(
        buffer(output + first), inputs: buffer(x), outputs: buffer(y), slopes: buffer(slopes),
        isRectifier: isRectifier, into: UnsafeMutableBufferPointer(start: modified, count: count))
      add(modified, to: gradient + first, count, run.accumulates[0])
    }
  }
}
