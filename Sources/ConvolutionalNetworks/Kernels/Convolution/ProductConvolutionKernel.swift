internal import CFVKernels

/// A convolution of two products, one each way, each by the algorithm that suits its shapes.
///
/// A second input is added to the result before its activation.
struct ProductConvolutionKernel: Kernel {
  let forwardProduct: any MapProduct
  /// `nil` where nobody wants the gradient of the map: its weights need no other order then.
  let backwardProduct: (any MapProduct)?
  let epilogue: ProductEpilogue
  /// Where gradients pass the activation; `nil` where values tell it, or nobody asks.
  let gateBits: GateBits?
  /// The winners of pooling, four to a `Float`.
  let winnerCount: Int
  /// Output positions, channels, and the distance between positions.
  let rows: Int
  let channels: Int
  let outputStep: Int

  /// Elements of one chunk of the second input's gradient, more or less.
  private static let chunk = 1 << 13

  /// The second input's gradient is that of the result, past its activation.
  var passingInput: Int? { outputStep == channels ? 1 : nil }
  var pullbackReads: PullbackReads { epilogue.isOpen || gateBits != nil ? [] : .outputs }
  var stateCount: Int { winnerCount + (gateBits?.count ?? 0) }
  var scratchCount: Int { max(forwardProduct.scratchCount, backwardProduct?.scratchCount ?? 0) }
  var sharedCount: Int { max(forwardProduct.sharedCount, backwardProduct?.sharedCount ?? 0) }

  func forward(_ run: KernelRun) {
    var finish = epilogue.finish
    if run.inputs.count > 1 { (finish.residual, finish.residual_step) = (run.inputs[1], channels) }
    if let gateBits { (finish.bits, finish.bits_step) = (gateBits.start(run), gateBits.step) }
    forwardProduct.compute(
      run, from: run.inputs[0], through: .open, into: run.outputs[0], finish: finish)
  }

  func pullback(_ run: KernelRun) {
    guard let output = run.outputGradients[0] else { return }
    let gate = gate(run)
    var sum = run.inputGradients.count > 1 ? run.inputGradients[1] : nil
    // Past an open gate nothing changes.
    if epilogue.isOpen, sum == output { sum = nil }
    if let gradient = run.inputGradients[0], let backwardProduct {
      var passing = gate
      if sum != nil, !run.accumulates[1], passingInput != nil, backwardProduct.passesEachOnce {
        (passing.passed, sum) = (sum, nil)
      }
      backwardProduct.compute(
        run, from: output, through: passing, into: gradient,
        finish: .plain(accumulating: run.accumulates[0]))
    }
    if let sum { pullBackSum(run, output, through: gate, into: sum) }
  }

  private func gate(_ run: KernelRun) -> cfv_gate {
    epilogue.gate(
      bits: gateBits?.start(run), step: gateBits?.step ?? 0, values: run.outputs[0])
  }

  /// The gradient of the second input: that of the result, past its activation.
  private func pullBackSum(
    _ run: KernelRun, _ output: UnsafePointer<Float>, through gate: cfv_gate,
    into gradient: UnsafeMutablePointer<Float>
  ) {
    run.forEachBlock(ofRows: rows, width: channels, elements: Self.chunk) { first, rows, _ in
      var gate = gate.starting(at: first, step: outputStep)
      cfv_pass_gated_rows(
        &gate, output + first * outputStep, outputStep, rows, channels,
        gradient + first * channels, run.accumulates[1] ? 1 : 0)
    }
  }
}
