internal import CFVKernels

/// The largest value of each window, with the gradient of `a / (ε + b)`, a = avg(x²), b = avg |x|:
/// `w · (2x / (ε + b) − sign(x) · a / (ε + b)²)` for each window over a cell, w its share of the average.
struct ContraharmonicMaximumPoolingKernel: Kernel {
  let maximum: MaximumPoolingKernel
  /// What the sum over each window is multiplied by for its average.
  let shares: Tensor

  /// ε.
  private static let damping: Float = 0.01
  /// Elements of one chunk.
  private static let chunk = 1 << 13

  private var geometry: WindowGeometry { maximum.geometry }

  var pullbackReads: PullbackReads { .inputs }
  var stateCount: Int { maximum.stateCount }
  /// Of one picture: two numbers for each cell of the input, and two for each window.
  var sharedCount: Int { 2 * (geometry.imageCount + geometry.outputCount) }

  func forward(_ run: KernelRun) { maximum.forward(run) }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    for image in 0..<geometry.batch {
      pullBack(
        run, run.inputs[0] + image * geometry.imageCount,
        output + image * geometry.positions * maximum.outputStep,
        into: gradient + image * geometry.imageCount)
    }
  }

  private func pullBack(
    _ run: KernelRun, _ x: UnsafePointer<Float>, _ output: UnsafePointer<Float>,
    into gradient: UnsafeMutablePointer<Float>
  ) {
    let (cells, windows, channels) = (geometry.imageCount, geometry.outputCount, geometry.channels)
    let squares = run.shared
    let magnitudes = squares + cells
    let squareMeans = magnitudes + cells
    let magnitudeMeans = squareMeans + windows
    run.forEachBlock(of: cells, size: Self.chunk) { first, count, _ in
      for i in first..<first + count { (squares[i], magnitudes[i]) = (x[i] * x[i], abs(x[i])) }
    }
    var window = geometry.window
    let one = geometry.ofOnePicture
    one.forEachOutputBlock(run) { _, rows, channel, count in
      cfv_pool_average(
        &window, squares, shares.unsafeElements, rows.lowerBound, rows.upperBound, channel, count,
        squareMeans, channels)
      cfv_pool_average(
        &window, magnitudes, shares.unsafeElements, rows.lowerBound, rows.upperBound, channel,
        count, magnitudeMeans, channels)
    }
    // The gradients of a and of −b take the places of both.
    run.forEachBlock(ofRows: geometry.positions, width: channels, elements: Self.chunk) {
      first, count, _ in
      for position in first..<first + count {
        for channel in 0..<channels {
          let i = position * channels + channel
          let share =
            output[position * maximum.outputStep + channel]
            / (Self.damping + magnitudeMeans[i])
          magnitudeMeans[i] = share * squareMeans[i] / (Self.damping + magnitudeMeans[i])
          squareMeans[i] = share
        }
      }
    }
    one.forEachInputBlock(run) { _, rows, channel, count in
      cfv_pull_back_pool_average(
        &window, squareMeans, channels, shares.unsafeElements, rows.lowerBound, rows.upperBound,
        channel, count, squares, 0)
      cfv_pull_back_pool_average(
        &window, magnitudeMeans, channels, shares.unsafeElements, rows.lowerBound,
        rows.upperBound, channel, count, magnitudes, 0)
    }
    let accumulates = run.accumulates[0]
    run.forEachBlock(of: cells, size: Self.chunk) { first, count, _ in
      for i in first..<first + count {
        let sign: Float = x[i] > 0 ? 1 : x[i] < 0 ? -1 : 0
        let sum = 2 * x[i] * squares[i] - sign * magnitudes[i]
        gradient[i] = accumulates ? gradient[i] + sum : sum
      }
    }
  }
}
