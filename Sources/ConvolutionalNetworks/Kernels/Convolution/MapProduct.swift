internal import CFVKernels

/// One way of a convolution, forward or back, by one algorithm: from one map to another.
protocol MapProduct: Sendable {
  /// The `Float`s each worker needs.
  var scratchCount: Int { get }
  /// The `Float`s the workers need together.
  var sharedCount: Int { get }

  /// Computes `target` from `source`.
  ///
  /// - Parameter values: what an activation made of the source, on the way back; they lie like the source.
  func compute(
    _ run: KernelRun, from source: UnsafePointer<Float>, gatedBy values: UnsafePointer<Float>,
    into target: UnsafeMutablePointer<Float>, finish: cfv_finish)
}

/// How a product reads its source and writes its target.
struct ProductPath: Sendable {
  /// How gradients pass the activation between them; open on the way forward.
  let gate: cfv_gate
  /// From one position to the next.
  let sourceStep: Int
  let targetStep: Int
}

extension MapProduct {
  var sharedCount: Int { 0 }
}

/// A convolution of two products, one each way, each by the algorithm that suits its shapes.
struct ProductConvolutionKernel: Kernel {
  let forwardProduct: any MapProduct
  let backwardProduct: any MapProduct
  let epilogue: ProductEpilogue

  var pullbackReads: PullbackReads { epilogue.gate.kind == CFV_GATE_OPEN ? [] : .outputs }
  var scratchCount: Int { max(forwardProduct.scratchCount, backwardProduct.scratchCount) }
  var sharedCount: Int { max(forwardProduct.sharedCount, backwardProduct.sharedCount) }

  func forward(_ run: KernelRun) {
    forwardProduct.compute(
      run, from: run.inputs[0], gatedBy: run.inputs[0], into: run.outputs[0],
      finish: epilogue.finish)
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    backwardProduct.compute(
      run, from: output, gatedBy: run.outputs[0], into: gradient,
      finish: .plain(accumulating: run.accumulates[0]))
  }
}
