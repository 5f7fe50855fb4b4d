/// An epilogue over a whole output, for kernels that can only tell a sum when all of its windows were added.
struct EpilogueBlocks {
  private let epilogue: Epilogue
  /// The positions of the output, over all pictures.
  private let rows: Int
  private let channels: Int

  init(_ epilogue: Epilogue, rows: Int, channels: Int) {
    (self.epilogue, self.rows, self.channels) = (epilogue, rows, channels)
  }

  /// Positions of one chunk.
  private static let chunk = 64

  /// Turns the sums in a kernel's output into its values.
  func apply(_ run: KernelRun) {
    run.forEachBlock(of: rows, size: Self.chunk) { first, rows, _ in
      epilogue.apply(
        to: run.outputs[0] + first * channels, rows: rows, columns: channels, step: channels)
    }
  }

  /// Turns the gradient with respect to the values into the one with respect to the sums.
  func pullBack(_ run: KernelRun, _ gradient: UnsafeMutablePointer<Float>) {
    guard !epilogue.passesGradients else { return }
    run.forEachBlock(of: rows, size: Self.chunk) { first, rows, _ in
      let offset = first * channels
      epilogue.pullBack(
        gradient: gradient + offset, values: run.outputs[0] + offset, rows: rows,
        columns: channels, step: channels)
    }
  }
}
