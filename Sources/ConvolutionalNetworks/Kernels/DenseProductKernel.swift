/// A dense layer as a matrix product with the transposed weights, by the BLAS library; forward is cut along the units,
/// backward along the inputs.
struct DenseProductKernel: Kernel {
  let weights: Tensor
  let rows: Int
  let epilogue: Epilogue

  /// Units, or inputs, of one chunk: enough to be worth a call, few enough to be shared out.
  private static let chunk = 256

  private var units: Int { weights.shape[0] }
  private var width: Int { weights.shape[1] }

  var pullbackReads: PullbackReads { epilogue.isActivated ? .outputs : [] }

  func forward(_ run: KernelRun) {
    let output = run.outputs[0]
    run.forEachChunk((units + Self.chunk - 1) / Self.chunk) { chunk, _ in
      let first = chunk * Self.chunk
      let count = min(Self.chunk, units - first)
      MatrixProduct.compute(
        rows: rows, columns: count, inner: width, .plain(run.inputs[0], step: width),
        .transposed(weights.unsafeElements + first * width, step: width),
        into: output + first, step: units)
      epilogue.apply(to: output + first, rows: rows, columns: count, step: units, channel: first)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    epilogue.pullBack(
      gradient: output, values: run.outputs[0], rows: rows, columns: units, step: units)
    run.forEachChunk((width + Self.chunk - 1) / Self.chunk) { chunk, _ in
      let first = chunk * Self.chunk
      MatrixProduct.compute(
        rows: rows, columns: min(Self.chunk, width - first), inner: units,
        .plain(output, step: units),
        .plain(weights.unsafeElements + first, step: width), into: gradient + first, step: width,
        accumulating: run.accumulates[0])
    }
  }
}
