import ConvolutionalNetworks

extension Pooling: InterpretedOperation {
  package var presentation: Presentation { .featureMap }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) -> [DoubleTensor] {
    let input = ChannelPlanes(inputs[0], layout)
    let windows = PoolingWindows(self, over: input.spatial)
    var output = ChannelPlanes(like: input, spatial: windows.outputSpatial)
    let planeCount = input.planeCount
    output.forEachPlane { plane, results in
      let map = input.elements[(plane * planeCount)...].prefix(planeCount)
      windows.forEachWindow { window, cells, counted in
        switch reduction {
        case .maximum:
          results[window] = cells.reduce(-.infinity) { max($0, map[map.startIndex + $1]) }
        case .average:
          let sum = cells.reduce(0) { $0 + map[map.startIndex + $1] }
          results[window] = counted > 0 ? sum / Double(counted) : 0
        }
      }
    }
    return [output.tensor(layout)]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    let input = ChannelPlanes(point.inputs[0], point.layout)
    let gradient = ChannelPlanes(gradients[0], point.layout)
    let windows = PoolingWindows(self, over: input.spatial)
    var result = ChannelPlanes(like: input)
    let (planeCount, windowCount) = (input.planeCount, gradient.planeCount)
    result.forEachPlane { plane, sums in
      let map = input.elements[(plane * planeCount)...].prefix(planeCount)
      windows.forEachWindow { window, cells, counted in
        let share = gradient.elements[plane * windowCount + window]
        switch reduction {
        case .maximum:
          // `max(by:)` gives the last of equal ones, `min(by:)` the first.
          let winner = cells.min { map[map.startIndex + $0] > map[map.startIndex + $1] }
          if let winner { sums[winner] += share }
        case .average:
          for cell in cells { sums[cell] += share / Double(counted) }
        }
      }
    }
    return [result.tensor(point.layout)]
  }
}

/// The windows of a pooling over one plane.
private struct PoolingWindows {
  private let rows: WindowAxis
  private let columns: WindowAxis
  private let countsPadding: Bool
  let outputSpatial: [Int]

  init(_ pooling: Pooling, over spatial: [Int]) {
    (rows, columns) = pooling.window.rowsAndColumns(over: spatial, ceilMode: pooling.ceilMode)
    countsPadding = pooling.reduction == .average(countsPadding: true)
    outputSpatial = spatial.count == 2 ? [rows.output, columns.output] : [columns.output]
  }

  /// Calls `body` for each window with its number, the offsets of its cells inside the input in row-major
  /// order, and the number of cells that its mean is over.
  func forEachWindow(_ body: (_ window: Int, _ cells: [Int], _ counted: Int) -> Void) {
    for y in 0..<rows.output {
      let insideRows = rows.cellsInside(window: y).map { rows.position(window: y, cell: $0) }
      for x in 0..<columns.output {
        let insideColumns = columns.cellsInside(window: x).map {
          columns.position(window: x, cell: $0)
        }
        let cells = insideRows.flatMap { row in insideColumns.map { row * columns.input + $0 } }
        let counted =
          countsPadding
          ? rows.paddedCellCount(window: y) * columns.paddedCellCount(window: x) : cells.count
        body(y * columns.output + x, cells, counted)
      }
    }
  }
}
