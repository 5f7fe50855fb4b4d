internal import CFVKernels
import FeatureVisualization

/// Numbers of the normal distribution for any number of samples, each a sequence of its own.
///
/// A number follows from the seed, its sample and its place alone, so that threads share the work and the numbers do not
/// depend on how many there are. One word of 64 random bits makes two normal numbers (Box–Muller), none beyond 5.8 deviations.
struct NormalNoise {
  private let seed: UInt64
  /// The numbers that a thread takes at once.
  private static let stretch = 8192

  init(seed: UInt64) { self.seed = seed }

  /// A picture with noise of a standard deviation.
  func added(to picture: Tensor, deviation: Float, sample: Int) -> Tensor {
    // Samples whose seeds are neighbours would share most of their words: the generator mixes them.
    var generator = SeededGenerator(seed: seed &+ UInt64(sample) &* 0x9E37_79B9_7F4A_7C15)
    let seed = generator.next()
    let pixels = picture.span
    return Tensor(shape: picture.shape) { target in
      nonisolated(unsafe) let target = target
      let count = target.count
      pixels.withUnsafeBufferPointer { pixels in
        guard let from = pixels.baseAddress, let to = target.baseAddress else { return }
        WorkerPool.forEachChunk((count + Self.stretch - 1) / Self.stretch) { chunk, _ in
          let first = chunk * Self.stretch
          cfv_add_normal_noise(
            from + first, to + first, first, min(Self.stretch, count - first), deviation, seed)
        }
      }
    }
  }
}
