extension Dense: EpilogueFusing {
  package var arrangementRule: ArrangementRule { .logical }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let rows = context.inputs[0].dropLast().reduce(1, *)
    // Many rows make a product that is bound by arithmetic.
    if context.arithmetic == .plain || rows > DenseKernel.mostRows {
      return DenseProductKernel(weights: weights, rows: rows, epilogue: context.epilogue)
    }
    let stored: any DenseWeights =
      switch context.denseWeights {
      case .float32: SingleDenseWeights(elements: weights)
      case .float16: HalfDenseWeights(weights)
      }
    return DenseKernel(weights: stored, rows: rows, epilogue: context.epilogue)
  }
}

/// A dense layer of few rows, bound by reading its weights, which are read in the order in which they lie.
///
/// Forward is cut along the units, backward along the inputs; units behind a closed activation are not read.
struct DenseKernel: Kernel {
  let weights: any DenseWeights
  let rows: Int
  let epilogue: Epilogue

  /// The most rows for which reading the weights costs more than multiplying with them.
  static let mostRows = 32

  /// Weights of one forward chunk, more or less.
  private static let chunk = 1 << 17
  /// Inputs of one backward chunk: stretches of memory as long as a few chunks leave them.
  private var stretch: Int { max(1024, (width + 3) / 4 / 16 * 16 + 16) }

  private var units: Int { weights.units }
  private var width: Int { weights.width }

  var pullbackReads: PullbackReads { epilogue.isActivated ? .outputs : [] }
  // A number is as long as a float.
  var scratchCount: Int { units }

  func forward(_ run: KernelRun) {
    let output = run.outputs[0]
    let count = max(4, Self.chunk / max(width, 1) / 4 * 4)
    run.forEachChunk((units + count - 1) / count) { chunk, _ in
      let first = chunk * count
      let count = min(count, units - first)
      weights.multiply(
        run.inputs[0], rows: rows, units: first..<first + count, into: output + first)
      epilogue.apply(to: output + first, rows: rows, columns: count, step: units, channel: first)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    epilogue.pullBack(
      gradient: output, values: run.outputs[0], rows: rows, columns: units, step: units)
    run.forEachChunk((width + stretch - 1) / stretch) { chunk, worker in
      let first = chunk * stretch
      run.scratch(worker).withMemoryRebound(to: Int32.self, capacity: units) { open in
        weights.pullBack(
          output, rows: rows, inputs: first..<min(first + stretch, width), into: gradient,
          accumulating: run.accumulates[0], open: open)
      }
    }
  }
}
