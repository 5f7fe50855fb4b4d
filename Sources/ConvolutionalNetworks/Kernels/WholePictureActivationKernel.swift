internal import CFVKernels

/// An activation whose gradients pass by a rule that needs all of a picture's at once.
struct WholePictureActivationKernel: Kernel {
  let activation: ActivationKernel
  let blocks: PictureBlocks
  let site: BackpropSite
  let modifier: any WholePictureBackprop

  var pullbackReads: PullbackReads { activation.pullbackReads }

  private var count: Int { activation.count }

  /// Slopes, and what is handed down.
  var sharedCount: Int { 2 * count }
  /// A picture's inputs, outputs, slopes, gradient and what is handed down, where it does not lie in one piece.
  var scratchCount: Int { blocks.isContiguous ? 0 : 5 * blocks.pictureCount }

  func forward(_ run: KernelRun) { activation.forward(run) }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    let (slopes, results) = (run.shared, run.shared + count)
    run.forEachBlock(of: count, size: ActivationKernel.chunk) { first, count, _ in
      activation.curve.slopes(
        run.inputs[0] + first, run.outputs[0] + first, slopes + first, first: first, count: count)
      cfv_multiply(output + first, slopes + first, results + first, count, 0)
    }
    run.forEachChunk(blocks.pictures) { picture, worker in
      let size = blocks.pictureCount
      if blocks.isContiguous {
        let first = picture * size
        pullBack(
          run, run.inputs[0] + first, run.outputs[0] + first, slopes + first, output + first,
          results + first)
      } else {
        let scratch = run.scratch(worker)
        blocks.gather(picture, of: run.inputs[0], into: scratch)
        blocks.gather(picture, of: run.outputs[0], into: scratch + size)
        blocks.gather(picture, of: slopes, into: scratch + 2 * size)
        blocks.gather(picture, of: output, into: scratch + 3 * size)
        blocks.gather(picture, of: results, into: scratch + 4 * size)
        pullBack(
          run, scratch, scratch + size, scratch + 2 * size, scratch + 3 * size, scratch + 4 * size)
        blocks.scatter(scratch + 4 * size, to: picture, of: results)
      }
    }
    run.forEachBlock(of: count, size: ActivationKernel.chunk) { first, count, _ in
      add(results + first, to: gradient + first, count, run.accumulates[0])
    }
  }

  /// One picture, whose elements follow one another.
  private func pullBack(
    _ run: KernelRun, _ inputs: UnsafePointer<Float>, _ outputs: UnsafePointer<Float>,
    _ slopes: UnsafePointer<Float>, _ gradient: UnsafePointer<Float>,
    _ result: UnsafeMutablePointer<Float>
  ) {
    let count = blocks.pictureCount
    var result = MutableSpan(_unsafeStart: result, count: count)
    modifier.pullback(
      ActivationGradients(
        at: site, run.moment, inputs: Span(_unsafeStart: inputs, count: count),
        outputs: Span(_unsafeStart: outputs, count: count),
        slopes: Span(_unsafeStart: slopes, count: count),
        gradient: Span(_unsafeStart: gradient, count: count)), into: &result)
  }
}
