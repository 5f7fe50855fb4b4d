/// How a feature map is cut into chunks: bands of rows, and blocks of channels where rows are few.
///
/// The cut depends on the shape alone.
struct MapBlocks {
  let height: Int
  let channels: Int
  /// Elements that a row has, or that are read for it where those are more.
  let rowElements: Int

  /// Elements of one chunk, more or less: much more than the cost of handing it out, and still in a core's cache.
  private static let chunk = 1 << 14
  /// The fewest elements worth a chunk of their own.
  private static let least = 1 << 12

  private var rows: Int { min(height, max(1, Self.chunk / max(rowElements, 1))) }
  private var bands: Int { (height + rows - 1) / max(rows, 1) }
  private var blockWidth: Int {
    let parts = min(8 / max(bands, 1), rows * rowElements / Self.least)
    guard parts > 1 else { return channels }
    return min(channels, (channels / parts + 63) / 64 * 64)
  }

  /// Shares the blocks of `batch` maps among the workers.
  func forEach(
    _ run: KernelRun, batch: Int,
    _ body: (_ image: Int, _ rows: Range<Int>, _ channel: Int, _ count: Int) -> Void
  ) {
    let (rows, bands, count) = (rows, bands, max(blockWidth, 1))
    let blocks = (channels + count - 1) / count
    run.forEachChunk(batch * bands * blocks) { chunk, _ in
      let channel = chunk % blocks * count
      let first = chunk / blocks % bands * rows
      body(
        chunk / blocks / bands, first..<min(first + rows, height), channel,
        min(count, channels - channel))
    }
  }
}

extension WindowGeometry {
  /// Shares blocks of the output.
  func forEachOutputBlock(
    _ run: KernelRun,
    _ body: (_ image: Int, _ rows: Range<Int>, _ channel: Int, _ count: Int) -> Void
  ) {
    let read = imageCount / max(vertical.output, 1)
    MapBlocks(
      height: vertical.output, channels: channels,
      rowElements: max(read, horizontal.output * channels)
    ).forEach(run, batch: batch, body)
  }

  /// Shares blocks of the input.
  func forEachInputBlock(
    _ run: KernelRun,
    _ body: (_ image: Int, _ rows: Range<Int>, _ channel: Int, _ count: Int) -> Void
  ) {
    MapBlocks(
      height: vertical.input, channels: channels, rowElements: horizontal.input * channels
    ).forEach(run, batch: batch, body)
  }
}
