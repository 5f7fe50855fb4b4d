/// A dense layer of few rows a picture whose weights lie by inputs: those of inputs that are 0 are not read forward, nor
/// backward where their gradients count for nothing.
///
/// The cuts are those of `DenseKernel` with the ways exchanged: forward along the units, backward along the inputs.
struct DenseByInputsKernel: Kernel {
  let weights: any DenseWeights
  let rows: Int
  let epilogue: Epilogue
  /// Whether gradients of inputs that are 0 end there: see `ProgramGraph.closesAtZero`.
  let inputClosesAtZero: Bool

  private var units: Int { weights.width }
  private var width: Int { weights.lines }

  var pullbackReads: PullbackReads {
    var reads: PullbackReads = epilogue.isActivated ? .outputs : []
    if inputClosesAtZero { reads.insert(.inputs) }
    return reads
  }
  var scratchCount: Int { weights.scratchCount }

  func forward(_ run: KernelRun) {
    let output = run.outputs[0]
    run.forEachBlock(of: units, size: weights.placesOfChunk) { first, count, worker in
      weights.forEachBlock(ofRows: rows) { row, rows in
        weights.combine(
          run.inputs[0] + row * width, rows: rows, places: first..<first + count,
          into: output + row * units, accumulating: false, open: run.openLines(worker))
      }
      epilogue.apply(to: output + first, rows: rows, columns: count, step: units, channel: first)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let (sums, gradient) = epilogue.pullBackSums(run, rows: rows, units: units) else {
      return
    }
    run.forEachBlock(of: width, size: weights.linesOfChunk) { first, count, worker in
      weights.forEachBlock(ofRows: rows) { row, rows in
        weights.multiply(
          sums + row * units, rows: rows, lines: first..<first + count,
          gates: inputClosesAtZero ? run.inputs[0] + row * width : nil,
          into: gradient + row * width, accumulating: run.accumulates[0],
          open: run.openLines(worker))
      }
    }
  }
}
