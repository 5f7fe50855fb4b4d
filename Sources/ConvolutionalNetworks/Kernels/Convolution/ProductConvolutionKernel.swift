internal import CFVKernels

/// A convolution of two products, one each way, each by the algorithm that suits its shapes.
///
/// A second input is added to the result before its activation.
struct ProductConvolutionKernel: Kernel {
  let forwardProduct: any MapProduct
  /// `nil` where nobody wants the gradient of the map: its weights need no other order then.
  let backwardProduct: (any MapProduct)?
  let epilogue: ProductEpilogue
  /// Output positions, channels, and the distance between positions.
  let rows: Int
  let channels: Int
  let outputStep: Int

  /// Elements of one chunk of the second input's gradient, more or less.
  private static let chunk = 1 << 13

  var pullbackReads: PullbackReads { epilogue.gate.kind == CFV_GATE_OPEN ? [] : .outputs }
  var scratchCount: Int { max(forwardProduct.scratchCount, backwardProduct?.scratchCount ?? 0) }
  var sharedCount: Int { max(forwardProduct.sharedCount, backwardProduct?.sharedCount ?? 0) }

  func forward(_ run: KernelRun) {
    var finish = epilogue.finish
    if run.inputs.count > 1 { (finish.residual, finish.residual_step) = (run.inputs[1], channels) }
    forwardProduct.compute(
      run, from: run.inputs[0], gatedBy: run.inputs[0], into: run.outputs[0], finish: finish)
  }

  func pullback(_ run: KernelRun) {
    guard let output = run.outputGradients[0] else { return }
    if let gradient = run.inputGradients[0], let backwardProduct {
      backwardProduct.compute(
        run, from: output, gatedBy: run.outputs[0], into: gradient,
        finish: .plain(accumulating: run.accumulates[0]))
    }
    if run.inputGradients.count > 1, let gradient = run.inputGradients[1] {
      pullBackSum(run, output, into: gradient)
    }
  }

  /// The gradient of the second input: that of the result, past its activation.
  private func pullBackSum(
    _ run: KernelRun, _ output: UnsafePointer<Float>, into gradient: UnsafeMutablePointer<Float>
  ) {
    run.forEachBlock(ofRows: rows, width: channels, elements: Self.chunk) { first, rows, _ in
      let offset = first * outputStep
      withUnsafePointer(to: epilogue.gate) {
        cfv_pass_gated_rows(
          $0, output + offset, run.outputs[0] + offset, outputStep, rows, channels,
          gradient + first * channels, run.accumulates[1] ? 1 : 0)
      }
    }
  }
}
