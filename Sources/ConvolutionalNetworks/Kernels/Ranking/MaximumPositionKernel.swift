extension MaximumPosition: CompilableOperation {
  package var arrangementRule: ArrangementRule { .channelsLast }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let shape = context.inputs[0]
    let spatial = Array(shape.dropFirst().dropLast())
    guard spatial.reduce(1, *) <= 1 << 24 else {
      throw ShapeError("places in maps of \(spatial), which single precision does not hold")
    }
    return MaximumPositionKernel(
      placements: try window.placements(for: spatial, ceilMode: ceilMode), batch: shape[0],
      channels: shape[shape.count - 1], order: order)
  }
}

/// Finds the winner of each window of maps with channels last.
struct MaximumPositionKernel: Kernel {
  /// One for each spatial axis.
  let placements: [SlidingWindow.Placement]
  let batch: Int
  let channels: Int
  let order: MaximumPosition.Order

  var pullbackReads: PullbackReads { [] }

  private var positions: Int { placements.reduce(1) { $0 * $1.output } }
  private var cells: Int { placements.reduce(1) { $0 * $1.input } }

  func forward(_ run: KernelRun) {
    let (positions, cells) = (positions, cells)
    run.forEachBlock(ofRows: batch * positions, width: channels, elements: 1 << 11) {
      first, count, _ in
      for row in first..<first + count {
        let map = run.inputs[0] + row / positions * cells * channels
        let winners = run.outputs[0] + row * channels
        var isFirst = true
        forEachCell(ofWindow: row % positions) { cell in
          for channel in 0..<channels {
            let best = isFirst ? cell : Int(winners[channel])
            let isBetter =
              isFirst || map[cell * channels + channel] > map[best * channels + channel]
            if isBetter { winners[channel] = Float(cell) }
          }
          isFirst = false
        }
        if isFirst { winners.update(repeating: 0, count: channels) }
        guard order == .columnMajor else { continue }
        for channel in 0..<channels {
          winners[channel] = Float(columnMajorPlace(ofCell: Int(winners[channel])))
        }
      }
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], !run.accumulates[0] else { return }
    gradient.update(repeating: 0, count: batch * cells * channels)
  }

  /// Visits the cells of a window that lie in the map, counted along the last axis first.
  private func forEachCell(ofWindow window: Int, _ body: (_ cell: Int) -> Void) {
    func visit(_ axis: Int, _ window: Int, _ stride: Int, _ cell: Int) {
      let placement = placements[axis]
      let start = window / stride * placement.stride - placement.paddingBefore
      let rest = axis + 1 < placements.count ? stride / placements[axis + 1].output : 1
      for step in 0..<placement.kernel {
        let position = start + step * placement.dilation
        guard position >= 0, position < placement.input else { continue }
        let cell = cell * placement.input + position
        if axis + 1 < placements.count {
          visit(axis + 1, window % stride, rest, cell)
        } else {
          body(cell)
        }
      }
    }
    visit(0, window, positions / placements[0].output, 0)
  }

  private func columnMajorPlace(ofCell cell: Int) -> Int {
    var (rest, place) = (cell, 0)
    // From the last axis, whose steps are the longest.
    for axis in placements.indices.reversed() {
      let step = placements[..<axis].reduce(1) { $0 * $1.input }
      place += rest % placements[axis].input * step
      rest /= placements[axis].input
    }
    return place
  }
}
