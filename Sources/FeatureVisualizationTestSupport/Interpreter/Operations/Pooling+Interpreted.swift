import ConvolutionalNetworks
import Foundation

extension Pooling: InterpretedOperation {
  package var presentation: Presentation { .featureMap }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) -> [DoubleTensor] {
    let input = ChannelPlanes(inputs[0], layout)
    let windows = PoolingWindows(
      window, ceilMode: ceilMode, countsPadding: reduction == .average(countsPadding: true),
      over: input.spatial)
    var output = ChannelPlanes(like: input, spatial: windows.outputSpatial)
    let planeCount = input.planeCount
    output.forEachPlane { plane, results in
      let first = plane * planeCount
      for (window, (cells, counted)) in windows.all.enumerated() {
        switch reduction {
        case .maximum:
          results[window] = cells.reduce(-.infinity) { max($0, input.elements[first + $1]) }
        case .average:
          let sum = cells.reduce(0) { $0 + input.elements[first + $1] }
          results[window] = counted > 0 ? sum / Double(counted) : 0
        case .norm(let p):
          results[window] = norm(of: cells.map { input.elements[first + $0] }, Double(p))
        }
      }
    }
    return [output.tensor(layout)]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    let input = ChannelPlanes(point.inputs[0], point.layout)
    let gradient = ChannelPlanes(gradients[0], point.layout)
    let windows = PoolingWindows(
      window, ceilMode: ceilMode, countsPadding: reduction == .average(countsPadding: true),
      over: input.spatial)
    var result = ChannelPlanes(like: input)
    let (planeCount, windowCount) = (input.planeCount, gradient.planeCount)
    result.forEachPlane { plane, sums in
      let first = plane * planeCount
      for (window, (cells, counted)) in windows.all.enumerated() {
        let share = gradient.elements[plane * windowCount + window]
        switch reduction {
        case .maximum:
          let slopes = point.rule.slopesOfMaximum(of: cells.map { input.elements[first + $0] })
          for (cell, slope) in zip(cells, slopes) { sums[cell] += share * slope }
        case .average:
          for cell in cells { sums[cell] += share / Double(counted) }
        case .norm(let p):
          let whole = norm(of: cells.map { input.elements[first + $0] }, Double(p))
          for cell in cells where whole > 0 {
            let x = input.elements[first + cell]
            let sign: Double = x == 0 ? 0 : x / abs(x)
            sums[cell] += share * sign * pow(abs(x) / whole, Double(p) - 1)
          }
        }
      }
    }
    return [result.tensor(point.layout)]
  }
}

/// `(Σ |x|^p)^(1 / p)`.
private func norm(of x: [Double], _ p: Double) -> Double {
  pow(x.reduce(0) { $0 + pow(abs($1), p) }, 1 / p)
}

/// The windows of a pooling over one plane.
struct PoolingWindows {
  /// The offsets of a window's cells inside the input, in row-major order, and the number of cells that its
  /// mean is over.
  typealias Window = (cells: [Int], counted: Int)

  /// The windows in row-major order.
  let all: [Window]
  let outputSpatial: [Int]

  init(
    _ window: SlidingWindow, ceilMode: Bool, countsPadding: Bool = false, over spatial: [Int]
  ) {
    let (slices, rows, columns) = window.volumeAxes(over: spatial, ceilMode: ceilMode)
    outputSpatial = [slices.output, rows.output, columns.output].suffix(spatial.count)
    all = (0..<slices.output).flatMap { z in
      (0..<rows.output).flatMap { y in
        (0..<columns.output).map { x in
          let cells = slices.cellsInside(window: z).flatMap { slice in
            rows.cellsInside(window: y).flatMap { row in
              columns.cellsInside(window: x).map { column in
                (slice * rows.input + row) * columns.input + column
              }
            }
          }
          let padded =
            slices.paddedCellCount(window: z) * rows.paddedCellCount(window: y)
            * columns.paddedCellCount(window: x)
          return (cells, countsPadding ? padded : cells.count)
        }
      }
    }
  }
}
