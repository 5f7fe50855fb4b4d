internal import CFVKernels

/// Windows along the depth of volumes, `[N, D, H, W, C]`, gathered into the channels of their slices.
///
/// Position p of slice s then holds `x[s · stride + k · dilation − padding, p, c]` for each cell k and channel c, group by
/// group: `[N, slices, H, W, groups · cells · C / groups]`. A convolution over the volumes is one over such slices, by
/// the algorithms of maps.
struct DepthWindows: Sendable {
  let depth: SlidingWindow.Placement
  /// The volumes of a batch.
  let volumes: Int
  /// The positions of a slice.
  let area: Int
  /// The channels of a volume.
  let channels: Int
  let groups: Int

  /// Elements of one chunk, more or less.
  private static let chunk = 1 << 14

  /// The channels that a slice has with its windows.
  private var width: Int { depth.kernel * channels }

  /// Writes the slices with their windows, cells outside the volume as 0, or accumulating adds them.
  func gather(
    _ run: KernelRun, _ volumes: UnsafePointer<Float>, into slices: UnsafeMutablePointer<Float>,
    accumulating: Bool
  ) {
    forEachBlock(run, slices: depth.output) { volume, slice, first, count in
      let target = slices + ((volume * depth.output + slice) * area + first) * width
      for cell in 0..<depth.kernel {
        let place = slice * depth.stride + cell * depth.dilation - depth.paddingBefore
        let isInside = (0..<depth.input).contains(place)
        let source =
          volumes + ((volume * depth.input + (isInside ? place : 0)) * area + first) * channels
        forEachGroup(cell: cell) { channel, column, share in
          if isInside {
            cfv_copy_rows(
              source + channel, channels, target + column, width, count, share,
              accumulating ? 1 : 0)
          } else if !accumulating {
            clear(target + column, step: width, rows: count, columns: share)
          }
        }
      }
    }
  }

  /// Writes for each cell of a volume the sum of the places where the windows hold it, or accumulating adds it.
  func scatter(
    _ run: KernelRun, _ slices: UnsafePointer<Float>, into volumes: UnsafeMutablePointer<Float>,
    accumulating: Bool
  ) {
    forEachBlock(run, slices: depth.input) { volume, place, first, count in
      let target = volumes + ((volume * depth.input + place) * area + first) * channels
      var adds = accumulating
      for cell in 0..<depth.kernel {
        let start = place + depth.paddingBefore - cell * depth.dilation
        guard start >= 0, start % depth.stride == 0, start / depth.stride < depth.output else {
          continue
        }
        let slice = volume * depth.output + start / depth.stride
        let source = slices + (slice * area + first) * width
        forEachGroup(cell: cell) { channel, column, share in
          cfv_copy_rows(
            source + column, width, target + channel, channels, count, share, adds ? 1 : 0)
        }
        adds = true
      }
      if !adds { clear(target, step: channels, rows: count, columns: channels) }
    }
  }

  /// Calls `body` for each group with its first channel in a volume, the column of a window's cell, and its channels.
  private func forEachGroup(
    cell: Int, _ body: (_ channel: Int, _ column: Int, _ share: Int) -> Void
  ) {
    let share = channels / groups
    for group in 0..<groups { body(group * share, (group * depth.kernel + cell) * share, share) }
  }

  private func clear(
    _ target: UnsafeMutablePointer<Float>, step: Int, rows: Int, columns: Int
  ) {
    for row in 0..<rows { (target + row * step).update(repeating: 0, count: columns) }
  }

  /// Shares blocks of the positions of each of `slices` slices of each volume.
  private func forEachBlock(
    _ run: KernelRun, slices: Int,
    _ body: (_ volume: Int, _ slice: Int, _ first: Int, _ count: Int) -> Void
  ) {
    let rows = min(area, max(1, Self.chunk / max(width, 1)))
    let blocks = (area + rows - 1) / max(rows, 1)
    run.forEachChunk(volumes * slices * blocks) { chunk, _ in
      let slice = chunk / blocks
      let first = chunk % blocks * rows
      body(slice / slices, slice % slices, first, min(rows, area - first))
    }
  }
}
