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
    if context.backpropRule.isOrdinary, let clipping = Epilogue.none.followed(by: function) {
      return ClippingKernel(count: shape.reduce(1, *), epilogue: clipping)
    }
    let curve: ActivationCurve
    if case .parametricReLU(let slopes) = function {
      curve = .parametric(
        RepeatedParameters(slopes, shape: shape, arrangement: context.arrangement))
    } else {
      guard let fixed = function.curve else { throw ShapeError("\(kind) is no curve") }
      curve = .fixed(fixed)
    }
    let site = BackpropSite(layer: context.layer, kind: .activation(function))
    let count = shape.reduce(1, *)
    switch context.backpropRule {
    case .wholePicture(let modifier):
      return WholePictureActivationKernel(
        activation: ActivationKernel(count: count, curve: curve, rule: nil),
        blocks: PictureBlocks(
          shape: shape, axis: try context.place(axis: context.pictures.axis),
          extent: context.pictures.extent), site: site, modifier: modifier)
    case .elementwise(let modifier):
      return ActivationKernel(count: count, curve: curve, rule: (site, modifier))
    case .ordinary, .smoothed:
      return ActivationKernel(count: count, curve: curve, rule: nil)
    }
  }
}

/// An activation that works on each element alone.
struct ActivationKernel: Kernel {
  let count: Int
  let curve: ActivationCurve
  /// How gradients pass, if not by the chain rule.
  let rule: (site: BackpropSite, modifier: any ElementwiseBackprop)?

  /// Elements of one chunk.
  static let chunk = 1 << 13

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
      guard let rule else {
        cfv_multiply(output + first, slopes, gradient + first, count, run.accumulates[0] ? 1 : 0)
        return
      }
      let modified = slopes + min(Self.chunk, self.count)
      cfv_multiply(output + first, slopes, modified, count, 0)
      let stretch = ActivationGradients(
        at: rule.site, run.moment, inputs: Span(_unsafeStart: x, count: count),
        outputs: Span(_unsafeStart: y, count: count),
        slopes: Span(_unsafeStart: slopes, count: count),
        gradient: Span(_unsafeStart: output + first, count: count))
      var result = MutableSpan(_unsafeStart: modified, count: count)
      rule.modifier.pullback(stretch, into: &result)
      add(modified, to: gradient + first, count, run.accumulates[0])
    }
  }
}
