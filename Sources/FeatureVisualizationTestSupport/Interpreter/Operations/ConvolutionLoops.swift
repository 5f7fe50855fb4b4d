import ConvolutionalNetworks

/// The multiplications of a convolution between a plane of its input and a plane of its output.
struct ConvolutionLoops {
  /// A stretch of the output plane to which one weight contributes: `output[i] += weight · input[i · step]`.
  struct Row {
    let weight: Double
    let count: Int
    /// Offsets of the first elements in their planes.
    let input: Int
    let output: Int
    let inputStep: Int
  }

  /// The number of output channels.
  let outputs: Int
  /// The spatial extents of the output.
  let outputSpatial: [Int]
  /// Input and output channels of one group.
  private let groupInputs: Int
  private let groupOutputs: Int
  /// `[outputs, kernelDepth, kernelHeight, kernelWidth, groupInputs]`.
  private let weights: [Double]
  private let slices: WindowAxis
  private let rows: WindowAxis
  private let columns: WindowAxis
  private let insideRows: [Range<Int>]
  private let insideColumns: [Range<Int>]

  init(_ convolution: Convolution, spatial: [Int]) {
    outputs = convolution.weights.shape[0]
    groupInputs = convolution.weights.shape[convolution.weights.rank - 1]
    groupOutputs = outputs / convolution.groups
    weights = DoubleTensor(convolution.weights).elements
    let (slices, rows, columns) = convolution.window.volumeAxes(over: spatial)
    (self.slices, self.rows, self.columns) = (slices, rows, columns)
    insideRows = (0..<rows.kernel).map { rows.windowsInside(cell: $0) }
    insideColumns = (0..<columns.kernel).map { columns.windowsInside(cell: $0) }
    outputSpatial = [slices.output, rows.output, columns.output].suffix(spatial.count)
  }

  /// The input channels that an output channel reads.
  func inputChannels(of output: Int) -> Range<Int> {
    let first = output / groupOutputs * groupInputs
    return first..<(first + groupInputs)
  }

  /// The output channels that read an input channel.
  func outputChannels(of input: Int) -> Range<Int> {
    let first = input / groupInputs * groupOutputs
    return first..<(first + groupOutputs)
  }

  /// Calls `body` for each row of the output and each weight between two channels of one group.
  @inline(__always)
  func forEachRow(_ input: Int, _ output: Int, _ body: (Row) -> Void) {
    for z in 0..<slices.kernel {
      for slice in slices.windowsInside(cell: z) {
        let from = slices.position(window: slice, cell: z) * rows.input * columns.input
        let to = slice * rows.output * columns.output
        forEachRow(output * slices.kernel + z, channel: input, from: from, to: to, body)
      }
    }
  }

  /// The same for one slice of the window, `[rows, columns]` cells from the weight of number `slice` of these on.
  @inline(__always)
  private func forEachRow(
    _ slice: Int, channel input: Int, from: Int, to: Int, _ body: (Row) -> Void
  ) {
    for y in 0..<rows.kernel {
      for x in 0..<columns.kernel {
        let cell = (slice * rows.kernel + y) * columns.kernel + x
        let weight = weights[cell * groupInputs + input % groupInputs]
        let inside = insideColumns[x]
        let step = columns.stride
        guard !inside.isEmpty, !insideRows[y].isEmpty else { continue }
        if step == 1, rows.stride == 1, inside.count == columns.output,
          columns.output == columns.input
        {
          // The rows follow one another in both planes: all of them are one.
          let first = insideRows[y].lowerBound
          body(
            Row(
              weight: weight, count: insideRows[y].count * columns.output,
              input: from + rows.position(window: first, cell: y) * columns.input,
              output: to + first * columns.output, inputStep: 1))
          continue
        }
        for row in insideRows[y] {
          body(
            Row(
              weight: weight, count: inside.count,
              input: from + rows.position(window: row, cell: y) * columns.input
                + columns.position(window: inside.lowerBound, cell: x),
              output: to + row * columns.output + inside.lowerBound, inputStep: step))
        }
      }
    }
  }
}
