internal import CFVKernels

/// The two-dimensional inverse Fourier transform of half spectra, with a gain for each frequency, and its adjoint.
///
/// A spectrum is a plane of real parts and one of imaginary parts, each `height × (width / 2 + 1)`; several follow
/// one another. Columns are transformed sixteen at once; rows, which are real, thirty-two as sixteen complex ones.
struct InverseRealTransform: Sendable {
  let height: Int
  let width: Int

  /// The gain of each frequency, `height × columns`.
  private let gains: [Float]
  private let vertical: FourierLine
  private let horizontal: FourierLine
  private let memory = ReusedMemory()

  private var columns: Int { width / 2 + 1 }
  private var columnBlocks: Int { (columns + 15) / 16 }
  private var rowBlocks: Int { (height + 31) / 32 }

  /// The numbers of a spectrum.
  var spectrumCount: Int { 2 * height * columns }

  /// - Parameter gain: the gain for a frequency in cycles per pixel.
  init(height: Int, width: Int, gain: (Double) -> Double) {
    self.height = height
    self.width = width
    let columns = width / 2 + 1
    gains = (0..<height * columns).map { index in
      let (row, column) = (index / columns, index % columns)
      let fy = Double(min(row, height - row)) / Double(height)
      let fx = Double(column) / Double(width)
      return Float(gain((fy * fy + fx * fx).squareRoot()))
    }
    vertical = FourierLine(height)
    horizontal = height == width ? vertical : FourierLine(width)
  }

  /// Hands the planes of `count` spectra to `body`.
  func apply(_ spectra: UnsafePointer<Float>, count: Int, _ body: (PaddedPlanes) -> Void) {
    withMemory(count) { planes, halves, threads, lanes in
      WorkerPool.forEachChunk(count * columnBlocks, threads: threads) { chunk, worker in
        transformColumns(spectra, chunk, lanes(worker), into: halves)
      }
      WorkerPool.forEachChunk(count * rowBlocks, threads: threads) { chunk, worker in
        transformRows(halves, chunk, lanes(worker), into: planes)
      }
      body(planes)
    }
  }

  /// Writes the gradients of `count` spectra for those of the planes, which `body` writes.
  func applyAdjoint(
    into spectra: UnsafeMutablePointer<Float>, count: Int, _ body: (PaddedPlanes) -> Void
  ) {
    withMemory(count) { planes, halves, threads, lanes in
      body(planes)
      WorkerPool.forEachChunk(count * rowBlocks, threads: threads) { chunk, worker in
        pullBackRows(planes, chunk, lanes(worker), into: halves)
      }
      WorkerPool.forEachChunk(count * columnBlocks, threads: threads) { chunk, worker in
        pullBackColumns(halves, chunk, lanes(worker), into: spectra)
      }
    }
  }

  /// Writes the spectra whose planes `body` writes: the way back from `apply`.
  func analyze(
    into spectra: UnsafeMutablePointer<Float>, count: Int, _ body: (PaddedPlanes) -> Void
  ) {
    // The adjoint is the forward transform but for the gains and the mirrored frequencies' count.
    applyAdjoint(into: spectra, count: count, body)
    for i in 0..<count * spectrumCount {
      let column = i % columns
      let mirrored: Float = column == 0 || 2 * column == width ? 1 : 2
      let gain = gains[i % (height * columns)]
      let energy = gain * gain * mirrored * Float(height * width)
      spectra[i] *= energy > 0 ? 1 / energy : 0
    }
  }

  // MARK: Blocks of columns and of rows

  private func transformColumns(
    _ spectra: UnsafePointer<Float>, _ chunk: Int, _ memory: FourierLanes,
    into halves: PaddedPlanes
  ) {
    var lanes = memory
    let (plane, first) = (chunk / columnBlocks, chunk % columnBlocks * 16)
    let from = spectra + plane * spectrumCount + first
    let count = min(16, columns - first)
    gains.withUnsafeBufferPointer { gains in
      guard let gains = gains.baseAddress.map({ $0 + first }) else { return }
      cfv_fourier_load_columns(from, columns, gains, columns, count, height, lanes.re)
      cfv_fourier_load_columns(
        from + height * columns, columns, gains, columns, count, height, lanes.im)
    }
    vertical.transformBack(&lanes)
    let step = halves.rowStep
    cfv_fourier_store_columns(
      lanes.re, nil, 0, 16, height, halves.row(2 * plane, 0) + first, step)
    cfv_fourier_store_columns(
      lanes.im, nil, 0, 16, height, halves.row(2 * plane + 1, 0) + first, step)
  }

  private func pullBackColumns(
    _ halves: PaddedPlanes, _ chunk: Int, _ memory: FourierLanes,
    into spectra: UnsafeMutablePointer<Float>
  ) {
    var lanes = memory
    let (plane, first) = (chunk / columnBlocks, chunk % columnBlocks * 16)
    let step = halves.rowStep
    cfv_fourier_load_columns(
      halves.row(2 * plane, 0) + first, step, nil, 0, 16, height, lanes.re)
    cfv_fourier_load_columns(
      halves.row(2 * plane + 1, 0) + first, step, nil, 0, 16, height, lanes.im)
    vertical.transform(&lanes)
    let to = spectra + plane * spectrumCount + first
    let count = min(16, columns - first)
    gains.withUnsafeBufferPointer { gains in
      guard let gains = gains.baseAddress.map({ $0 + first }) else { return }
      cfv_fourier_store_columns(lanes.re, gains, columns, count, height, to, columns)
      cfv_fourier_store_columns(
        lanes.im, gains, columns, count, height, to + height * columns, columns)
    }
  }

  private func transformRows(
    _ halves: PaddedPlanes, _ chunk: Int, _ memory: FourierLanes, into planes: PaddedPlanes
  ) {
    var lanes = memory
    let (a, b) = (lanes.otherRe, lanes.otherIm)
    let second = 16 * halves.rowStep
    let (plane, y) = (chunk / rowBlocks, chunk % rowBlocks * 32)
    let (upper, lower) = (min(16, height - y), max(0, min(16, height - y - 16)))
    for (part, offset) in [(0, 0), (1, second)] {
      let row = halves.row(2 * plane + part, y)
      cfv_fourier_load_rows(row, halves.rowStep, upper, columns, a + offset)
      cfv_fourier_load_rows(
        row + 16 * halves.rowStep, halves.rowStep, lower, columns, b + offset)
    }
    cfv_fourier_join(width, a, a + second, b, b + second, lanes.re, lanes.im)
    horizontal.transformBack(&lanes)
    cfv_fourier_store_rows(lanes.re, upper, width, planes.row(plane, y), planes.rowStep)
    cfv_fourier_store_rows(lanes.im, lower, width, planes.row(plane, y + 16), planes.rowStep)
  }

  private func pullBackRows(
    _ planes: PaddedPlanes, _ chunk: Int, _ memory: FourierLanes, into halves: PaddedPlanes
  ) {
    var lanes = memory
    let (plane, y) = (chunk / rowBlocks, chunk % rowBlocks * 32)
    let (upper, lower) = (min(16, height - y), max(0, min(16, height - y - 16)))
    cfv_fourier_load_rows(planes.row(plane, y), planes.rowStep, upper, width, lanes.re)
    cfv_fourier_load_rows(planes.row(plane, y + 16), planes.rowStep, lower, width, lanes.im)
    horizontal.transform(&lanes)
    let (a, b) = (lanes.otherRe, lanes.otherIm)
    let second = 16 * halves.rowStep
    cfv_fourier_split(width, lanes.re, lanes.im, a, a + second, b, b + second)
    for (part, offset) in [(0, 0), (1, second)] {
      let row = halves.row(2 * plane + part, y)
      cfv_fourier_store_rows(a + offset, upper, columns, row, halves.rowStep)
      cfv_fourier_store_rows(
        b + offset, lower, columns, row + 16 * halves.rowStep, halves.rowStep)
    }
  }

  // MARK: Memory

  /// Hands planes, half spectra and, for each worker, lanes to `body`.
  private func withMemory(
    _ count: Int,
    _ body: (
      _ planes: PaddedPlanes, _ halves: PaddedPlanes, _ threads: Int,
      _ lanes: (_ worker: Int) -> FourierLanes
    ) -> Void
  ) {
    let threads = WorkerPool.threadCount
    // A buffer holds two half spectra, too.
    let capacity = max(vertical.capacity, horizontal.capacity, 32 * columnBlocks)
    let laneCount = FourierLanes.count(capacity: capacity)
    let planeCount = PaddedPlanes.count(planes: count, height: height, width: width)
    let halfCount = PaddedPlanes.count(planes: 2 * count, height: height, width: columns)
    memory.withNumbers(planeCount + halfCount + threads * laneCount) { base in
      let (halves, lanes) = (base + planeCount, base + planeCount + halfCount)
      body(
        PaddedPlanes(base, height: height, width: width),
        PaddedPlanes(halves, height: height, width: columns), threads
      ) { worker in
        FourierLanes(lanes + worker * laneCount, capacity: capacity)
      }
    }
  }
}
