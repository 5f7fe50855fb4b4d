/// The weights of a convolution, times its epilogue's scale, in the orders in which products read them.
struct ConvolutionWeights {
  /// `[outputs, cells, inputs]`.
  private let elements: Tensor
  private let side: Int

  private var outputs: Int { elements.shape[0] }
  private var cells: Int { elements.shape[1] }
  private var inputs: Int { elements.shape[2] }

  init(_ weights: Tensor, scale: Tensor?, window: WindowGeometry) {
    let count = weights.shape[0]
    let ordered = weights.reshaped(to: [count, window.cells, weights.count / count / window.cells])
    elements = scale.map { ordered.scalingRows(by: $0) } ?? ordered
    side = window.vertical.kernel
  }

  /// A row for each cell and input channel, a column for each output channel.
  var forwardPanels: WeightPanels {
    WeightPanels(elements.reshaped(to: [outputs, cells * inputs]).transposed([1, 0]))
  }

  /// A row for each output channel, a column for each cell and input channel.
  var backwardPanels: WeightPanels {
    WeightPanels(elements.reshaped(to: [outputs, cells * inputs]))
  }

  /// A row for each cell, counted from the last, and output channel, a column for each input channel.
  var turnedPanels: WeightPanels {
    WeightPanels(turned.transposed([1, 0, 2]).reshaped(to: [cells * outputs, inputs]))
  }

  var forwardWindows: WinogradWeights {
    WinogradWeights(
      windows: WeightPanels(
        elements.transposed([2, 1, 0]).reshaped(to: [inputs * cells, outputs])), side: side)
  }

  var backwardWindows: WinogradWeights {
    WinogradWeights(
      windows: WeightPanels(turned.reshaped(to: [outputs * cells, inputs])), side: side)
  }

  /// The windows turned round: the last cell first.
  private var turned: Tensor {
    Tensor(shape: elements.shape) { target in
      elements.withUnsafeBufferPointer { source in
        for cell in 0..<outputs * cells {
          let opposite = cell / cells * cells + cells - 1 - cell % cells
          _ = target[cell * inputs..<(cell + 1) * inputs].update(
            fromContentsOf: source[opposite * inputs..<(opposite + 1) * inputs])
        }
      }
    }
  }
}

extension Tensor {
  /// Each row of the first axis times its factor.
  func scalingRows(by factors: Tensor) -> Tensor {
    let width = count / shape[0]
    return Tensor(shape: shape) { target in
      withUnsafeBufferPointer { source in
        factors.withUnsafeBufferPointer { factors in
          for row in factors.indices {
            for i in row * width..<(row + 1) * width { target[i] = source[i] * factors[row] }
          }
        }
      }
    }
  }
}
