/// The weights of a convolution, times its epilogue's scale, in the orders in which products read them.
///
/// Programs of one network share what is made here.
struct ConvolutionWeights {
  /// In the order `[outputs, cells, inputs]`, as the network holds them.
  private let weights: Tensor
  private let scale: Tensor?
  private let side: Int
  /// The outputs of the whole layer.
  private let unitCount: Int

  private var outputs: Int { weights.shape[0] }
  private var cells: Int { weights.shape[1] }
  private var inputs: Int { weights.shape[2] }

  /// - Parameter unitCount: the outputs of the whole layer, of which these may be some.
  init(_ weights: Tensor, scale: Tensor?, window: WindowGeometry, unitCount: Int) {
    let count = weights.shape[0]
    self.weights = weights.reshaped(
      to: [count, window.cells, weights.count / count / window.cells])
    self.scale = scale
    self.unitCount = unitCount
    side = window.vertical.kernel
  }

  /// A row for each cell and input channel, a column for each output channel.
  var forwardPanels: WeightPanels {
    WeightPanels(
      inner: cells * inputs, columns: outputs,
      elements: derived("forward panels") {
        WeightPanels.pack(
          scaled.reshaped(to: [outputs, cells * inputs]).transposed([1, 0]))
      })
  }

  /// A row for each output channel, a column for each cell and input channel.
  var backwardPanels: WeightPanels {
    WeightPanels(
      inner: outputs, columns: cells * inputs,
      elements: derived("backward panels") {
        WeightPanels.pack(scaled.reshaped(to: [outputs, cells * inputs]))
      })
  }

  /// A row for each cell, counted from the last, and output channel, a column for each input channel.
  var turnedPanels: WeightPanels {
    WeightPanels(
      inner: cells * outputs, columns: inputs,
      elements: derived("turned panels") {
        WeightPanels.pack(
          turned.transposed([1, 0, 2]).reshaped(to: [cells * outputs, inputs]))
      })
  }

  /// For the tiles of a map.
  func forwardWindows(_ tiles: WinogradTiles) -> WinogradWeights {
    winogradWeights(inner: inputs, columns: outputs, tiles, "forward") { $0 }
  }

  /// For the tiles of a map.
  func backwardWindows(_ tiles: WinogradTiles) -> WinogradWeights {
    winogradWeights(inner: outputs, columns: inputs, tiles, "backward") { $0.turned }
  }

  /// - Parameter order: brings the windows of the way forward into the order of this one.
  private func winogradWeights(
    inner: Int, columns: Int, _ tiles: WinogradTiles, _ way: String,
    _ order: (WeightWindows) -> WeightWindows
  ) -> WinogradWeights {
    func pack() -> Tensor {
      WeightWindows.pack(scaled.transposed([2, 1, 0]).reshaped(to: [inputs * cells, outputs]))
    }
    func windows(_ packed: Tensor) -> WeightWindows {
      order(WeightWindows(packed: packed, side: side, inner: inputs, columns: outputs))
    }
    if WinogradWeights.transformsAtEachStep(
      inner: inputs, columns: unitCount, tiles: tiles.perMap)
    {
      return WinogradWeights(windows(derived("windows", pack)), tile: tiles.tile)
    }
    return WinogradWeights(
      inner: inner, columns: columns, tile: tiles.tile,
      transformed: derived("transformed windows, \(way), \(tiles.tile.results) results") {
        WinogradWeights.transform(windows(pack()), tile: tiles.tile)
      })
  }

  private func derived(_ order: String, _ make: () -> Tensor) -> Tensor {
    weights.derived(
      DerivedKey(name: order, shape: weights.shape, scale: scale?.elements), make)
  }

  private var scaled: Tensor { scale.map { weights.scalingRows(by: $0) } ?? weights }

  /// The windows turned round: the last cell first.
  private var turned: Tensor {
    let scaled = scaled
    return Tensor(shape: weights.shape) { target in
      scaled.withUnsafeBufferPointer { source in
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
