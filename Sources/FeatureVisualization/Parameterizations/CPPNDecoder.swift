internal import CFVKernels

/// Decodes the weights of a CPPN into a picture, block of pixels by block.
///
/// Backward every block is computed anew, so that memory does not grow with the picture. Blocks are put together in groups
/// that depend on the picture's size alone, each of which adds up a gradient of its own.
struct CPPNDecoder: PictureDecoder {
  private let size: PictureSize
  private let layers: CPPNLayers
  let sharedParameterCount: Int
  private let memory = ReusedMemory()

  init(_ size: PictureSize, _ layers: CPPNLayers, sharesHiddenLayers: Bool) {
    (self.size, self.layers) = (size, layers)
    sharedParameterCount = sharesHiddenLayers ? layers.hiddenCount : 0
  }

  var parameterCount: Int { layers.lastCount + layers.hiddenCount }

  func initialParameters(using generator: inout SeededGenerator) -> [Float] {
    layers.initialWeights(using: &generator)
  }

  func decode(_ parameters: Span<Float>, into picture: inout MutableSpan<Float>) {
    picture.withUnsafeMutableBufferPointer { picture in
      parameters.withUnsafeBufferPointer { weights in
        guard let weights = weights.baseAddress, let picture = picture.baseAddress else { return }
        let threads = WorkerPool.threadCount
        memory.withNumbers(threads * layers.blockCount) { memory in
          forEachGroup(threads) { pixels, _, worker in
            let block = memory + worker * layers.blockCount
            forEachBlock(of: pixels) { first, count in
              apply(weights, first, count, block)
              cfv_mix_planes(
                layers.outputs(block), CPPNLayers.blockLength, nil, picture + first * size.channels,
                count, size.channels)
            }
          }
        }
      }
    }
  }

  func pullback(
    _ pictureGradient: Span<Float>, at parameters: Span<Float>, picture: Span<Float>,
    into parameterGradient: inout MutableSpan<Float>
  ) {
    parameterGradient.withUnsafeMutableBufferPointer { result in
      parameters.withUnsafeBufferPointer { weights in
        pictureGradient.withUnsafeBufferPointer { gradient in
          picture.withUnsafeBufferPointer { picture in
            guard let result = result.baseAddress, let weights = weights.baseAddress,
              let gradient = gradient.baseAddress, let picture = picture.baseAddress
            else { return }
            pullBack(gradient, weights, picture, into: result)
          }
        }
      }
    }
  }

  private func pullBack(
    _ gradient: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
    _ picture: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>
  ) {
    let threads = WorkerPool.threadCount
    let blocks = threads * layers.blockCount
    let sums = groupCount * parameterCount
    memory.withNumbers(blocks + sums) { memory in
      let sums = memory + blocks
      sums.update(repeating: 0, count: groupCount * parameterCount)
      forEachGroup(threads) { pixels, group, worker in
        let block = memory + worker * layers.blockCount
        forEachBlock(of: pixels) { first, count in
          apply(weights, first, count, block)
          let start = first * size.channels
          cfv_pull_back_mix_planes(
            gradient + start, picture + start, nil, layers.outputs(block), CPPNLayers.blockLength,
            count, size.channels)
          layers.addPullback(weights, count: count, block, to: sums + group * parameterCount)
        }
      }
      cfv_copy(sums, result, parameterCount, 0)
      for group in 1..<max(groupCount, 1) {
        cfv_copy(sums + group * parameterCount, result, parameterCount, 1)
      }
    }
  }

  /// Computes the last layer's sums of a block of pixels.
  private func apply(
    _ weights: UnsafePointer<Float>, _ first: Int, _ count: Int,
    _ block: UnsafeMutablePointer<Float>
  ) {
    let width = size.width
    let scale = Float(3).squareRoot() / Float(max(size.height, width))
    layers.apply(weights, count: count, block) { pixel in
      let (y, x) = (first + pixel).quotientAndRemainder(dividingBy: width)
      return (
        scale * Float(2 * x + 1 - width), scale * Float(2 * y + 1 - size.height)
      )
    }
  }

  // MARK: Blocks

  /// The most groups: enough for any number of threads, and few gradients to add up; fewer where these are large.
  private var mostGroups: Int { max(1, min(64, (1 << 24) / parameterCount)) }
  private var pixelCount: Int { size.height * size.width }
  private var blockCount: Int {
    (pixelCount + CPPNLayers.blockLength - 1) / CPPNLayers.blockLength
  }
  private var blocksPerGroup: Int { (blockCount + mostGroups - 1) / mostGroups }
  private var groupCount: Int { (blockCount + blocksPerGroup - 1) / blocksPerGroup }

  private func forEachGroup(
    _ threads: Int, _ body: (_ pixels: Range<Int>, _ group: Int, _ worker: Int) -> Void
  ) {
    let length = blocksPerGroup * CPPNLayers.blockLength
    WorkerPool.forEachChunk(groupCount, threads: threads) { group, worker in
      body(group * length..<min(pixelCount, (group + 1) * length), group, worker)
    }
  }

  private func forEachBlock(of pixels: Range<Int>, _ body: (_ first: Int, _ count: Int) -> Void) {
    for first in stride(from: pixels.lowerBound, to: pixels.upperBound, by: CPPNLayers.blockLength)
    {
      body(first, min(CPPNLayers.blockLength, pixels.upperBound - first))
    }
  }
}
