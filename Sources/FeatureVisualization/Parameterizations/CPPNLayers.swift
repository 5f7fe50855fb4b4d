internal import CFVKernels

/// The layers of a CPPN, forward and backward over a block of pixels.
///
/// Numbers of a block are rows, one for each channel, of a number for each pixel; a last row of ones stands for the biases,
/// which are the last column of each layer's weights `[outputs, inputs + 1]`. The last layer comes first among the weights.
struct CPPNLayers: Sendable {
  let hiddenChannels: Int
  let hiddenLayers: Int
  /// Those of the picture.
  let channels: Int

  /// The most pixels of a block: all of its numbers stay in a core's cache.
  static let blockLength = 512

  /// The numbers of a layer's weights that its inputs and its bias take.
  private func columns(_ layer: Int) -> Int { layer == 0 ? 3 : 2 * hiddenChannels + 1 }

  /// The weights of the last layer.
  var lastCount: Int { channels * columns(hiddenLayers) }
  /// The weights of the layers before.
  var hiddenCount: Int { hiddenChannels * (3 + (hiddenLayers - 1) * columns(1)) }

  /// Where the weights of a layer begin.
  private func start(_ layer: Int) -> Int {
    guard layer < hiddenLayers else { return 0 }
    return lastCount + (layer == 0 ? 0 : hiddenChannels * (3 + (layer - 1) * columns(1)))
  }

  /// Weights and biases at the start.
  func initialWeights(using generator: inout SeededGenerator) -> [Float] {
    var weights = [Float](repeating: 0, count: lastCount)
    for layer in 0..<hiddenLayers {
      let inputs = columns(layer) - 1
      for _ in 0..<hiddenChannels {
        for _ in 0..<inputs {
          weights.append(Float(generator.normal() / Double(inputs).squareRoot()))
        }
        weights.append(Float(0.1 * generator.normal()))
      }
    }
    return weights
  }

  // MARK: Memory of a block

  /// The rows of a hidden layer: what comes in, its bias's ones among it, and `u`.
  private var layerRows: Int { 3 * hiddenChannels + 1 }
  /// The numbers that a block takes, forward and backward.
  var blockCount: Int {
    ((hiddenLayers + 1) * layerRows + 2 * (hiddenChannels * 2 + channels)) * Self.blockLength
  }

  /// What comes into a layer.
  private func input(_ layer: Int, _ block: UnsafeMutablePointer<Float>)
    -> UnsafeMutablePointer<Float>
  { block + layer * layerRows * Self.blockLength }

  /// `W·a + b` of a layer.
  private func sums(_ layer: Int, _ block: UnsafeMutablePointer<Float>)
    -> UnsafeMutablePointer<Float>
  { input(layer, block) + (2 * hiddenChannels + 1) * Self.blockLength }

  /// The sums of the last layer, or their gradient.
  func outputs(_ block: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Float> {
    input(hiddenLayers + 1, block)
  }

  // MARK: Forward and backward

  /// Computes the last layer's sums from coordinates.
  ///
  /// - Parameter coordinate: x and y of a pixel of the block.
  func apply(
    _ weights: UnsafePointer<Float>, count: Int, _ block: UnsafeMutablePointer<Float>,
    coordinate: (_ pixel: Int) -> (x: Float, y: Float)
  ) {
    let step = Self.blockLength
    let first = input(0, block)
    for pixel in 0..<count {
      (first[pixel], first[step + pixel]) = coordinate(pixel)
      first[2 * step + pixel] = 1
    }
    for layer in 0..<hiddenLayers {
      let (u, next) = (sums(layer, block), input(layer + 1, block))
      multiply(layer, hiddenChannels, weights, count, input(layer, block), into: u)
      let second = next + hiddenChannels * step
      for channel in 0..<hiddenChannels {
        let row = channel * step
        cfv_composite_activation(u + row, count, next + row, second + row)
      }
      (next + 2 * hiddenChannels * step).update(repeating: 1, count: count)
    }
    multiply(
      hiddenLayers, channels, weights, count, input(hiddenLayers, block), into: outputs(block))
  }

  private func multiply(
    _ layer: Int, _ rows: Int, _ weights: UnsafePointer<Float>, _ count: Int,
    _ input: UnsafeMutablePointer<Float>, into sums: UnsafeMutablePointer<Float>
  ) {
    let columns = columns(layer)
    MatrixProduct.compute(
      rows: rows, columns: count, inner: columns, .plain(weights + start(layer), step: columns),
      .plain(input, step: Self.blockLength), into: sums, step: Self.blockLength)
  }

  /// Adds the gradient of the weights for that of the last layer's sums, which is where the sums were.
  func addPullback(
    _ weights: UnsafePointer<Float>, count: Int, _ block: UnsafeMutablePointer<Float>,
    to gradient: UnsafeMutablePointer<Float>
  ) {
    let step = Self.blockLength
    var sumGradient = outputs(block)
    var (rows, spare) = (channels, outputs(block) + channels * step)
    for layer in (0...hiddenLayers).reversed() {
      let columns = columns(layer)
      MatrixProduct.compute(
        rows: rows, columns: columns, inner: count, .plain(sumGradient, step: step),
        .transposed(input(layer, block), step: step), into: gradient + start(layer), step: columns,
        accumulating: true)
      guard layer > 0 else { return }
      MatrixProduct.compute(
        rows: 2 * hiddenChannels, columns: count, inner: rows,
        .transposed(weights + start(layer), step: columns), .plain(sumGradient, step: step),
        into: spare, step: step)
      let (u, first) = (sums(layer - 1, block), input(layer, block))
      for channel in 0..<hiddenChannels {
        let row = channel * step
        cfv_pull_back_composite_activation(
          u + row, first + row, count, spare + row, spare + (hiddenChannels + channel) * step)
      }
      // The first half of the rows holds the gradient of the sums now; the other buffer is free.
      let other = outputs(block) + channels * step
      (sumGradient, spare) = (spare, spare == other ? other + 2 * hiddenChannels * step : other)
      rows = hiddenChannels
    }
  }
}
