internal import CFVKernels

extension DynamicQuantization: CompilableOperation {
  package var arrangementRule: ArrangementRule { .following }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let shape = context.inputs[0]
    let blocks = PictureBlocks(
      shape: shape, axis: try context.place(axis: context.pictures.axis),
      extent: context.pictures.extent)
    guard blocks.isContiguous || blocks.pictures == 1 else {
      throw ShapeError(
        "pictures follow one another along axis \(context.pictures.axis), and must along the first")
    }
    return DynamicQuantizationKernel(
      pictures: blocks.pictures, pictureCount: blocks.pictureCount,
      rowsPerPicture: shape[0] / max(blocks.pictures, 1))
  }
}

/// Rounds each picture to the range of its own numbers.
struct DynamicQuantizationKernel: Kernel {
  let pictures: Int
  /// The elements of a picture.
  let pictureCount: Int
  /// The entries of the first axis that a picture has.
  let rowsPerPicture: Int

  /// The steps in a range.
  private static let steps = Float(
    DynamicQuantization.range.upperBound - DynamicQuantization.range.lowerBound)

  var pullbackReads: PullbackReads { [] }

  /// The scale of each picture, and whether nothing was clipped, a byte for each element.
  var stateCount: Int { pictures + (pictures * pictureCount + 3) / 4 }

  private func open(_ run: KernelRun) -> UnsafeMutablePointer<UInt8> {
    UnsafeMutableRawPointer(run.state + pictures).assumingMemoryBound(to: UInt8.self)
  }

  func forward(_ run: KernelRun) {
    let open = open(run)
    run.forEachChunk(pictures) { picture, _ in
      let first = picture * pictureCount
      let x = run.inputs[0] + first
      var (low, high): (Float, Float) = (0, 0)
      cfv_extend_range(x, pictureCount, &low, &high)
      let step = (high - low) / Self.steps
      let scale = step == 0 ? 1 : step
      let zero = (-low / scale).rounded(.toNearestOrEven)
      run.state[picture] = scale
      withGrid(scale: scale, low: -zero, high: Self.steps - zero) { grid in
        cfv_quantize(&grid, 1, x, run.outputs[0] + first, open + first, 0, pictureCount)
      }
      for row in picture * rowsPerPicture..<(picture + 1) * rowsPerPicture {
        run.outputs[1][row] = scale
        run.outputs[2][row] = zero
      }
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    let open = open(run)
    run.forEachChunk(pictures) { picture, _ in
      let first = picture * pictureCount
      withGrid(scale: run.state[picture], low: 0, high: 0) { grid in
        cfv_pull_back_quantization(
          &grid, CFV_BY_INVERSE_STEP, output + first, open + first, gradient + first, 0,
          pictureCount, run.accumulates[0] ? 1 : 0)
      }
    }
  }

  /// Lends a grid whose integers are counted from the zero point.
  private func withGrid(
    scale: Float, low: Float, high: Float, _ body: (inout cfv_quantization) -> Void
  ) {
    withUnsafePointer(to: scale) { scale in
      withUnsafePointer(to: Float(0)) { zero in
        var grid = cfv_quantization(steps: scale, zeros: zero, period: 1, low: low, high: high)
        body(&grid)
      }
    }
  }
}
