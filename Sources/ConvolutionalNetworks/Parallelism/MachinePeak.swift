internal import CFVKernels

/// The most that this machine computes and reads in a second, measured: the roof that a network's speed can be
/// held against.
package struct MachinePeak: Sendable {
  /// The number of threads that worked.
  package let threads: Int
  /// Floating-point operations a second in units of 10⁹; a fused multiply-add is two.
  package let gigaflops: Double
  /// Bytes read from memory a second in units of 10⁹.
  package let readGigabytes: Double

  /// Measures for about a second, with a block of memory that no cache holds.
  package init(threads: Int = WorkerPool.threadCount, megabytes: Int = 512) {
    self.threads = threads
    gigaflops = Self.multiplyAddRate(threads: threads) / 1e9
    readGigabytes = Self.readRate(threads: threads, bytes: megabytes << 20) / 1e9
  }

  private static func multiplyAddRate(threads: Int) -> Double {
    let rounds = 10_000_000
    var sink: [Float] = [0.5, 1, 0]
    let operations = cfv_multiply_add_rounds(1, &sink) * Double(rounds * threads)
    return operations
      / leastSeconds {
        WorkerPool.forEachChunk(threads, threads: threads) { _, _ in
          var sink: [Float] = [0.5, 1, 0]
          _ = cfv_multiply_add_rounds(rounds, &sink)
        }
      }
  }

  private static func readRate(threads: Int, bytes: Int) -> Double {
    let share = bytes / MemoryLayout<Float>.stride / threads / 128 * 128
    // Written to, so that every page is memory of its own.
    let values = [Float](repeating: 1, count: share * threads)
    return values.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return 0 }
      let seconds = leastSeconds {
        WorkerPool.forEachChunk(threads, threads: threads) { chunk, _ in
          let sum = cfv_read_all(base + chunk * share, share)
          precondition(sum > 0, "the sum of ones is positive")
        }
      }
      return Double(buffer.count * MemoryLayout<Float>.stride) / seconds
    }
  }

  private static func leastSeconds(_ body: () -> Void) -> Double {
    let clock = ContinuousClock()
    return (0..<5).map { _ in clock.measure(body) / .seconds(1) }.min() ?? .infinity
  }
}
