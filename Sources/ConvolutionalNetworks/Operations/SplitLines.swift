internal import CFVKernels

/// Lines of dense weights in parts: of each weight 28 bits, the sign, 4 bits of the exponent and the rest, of which the
/// first 12 lie together.
///
/// A program reads an eighth less, and of most units that a rectifier closes those 12 bits alone.
/// No bit is lost: the few weights that are too small for 4 bits of exponent stand at the end of their line.
enum SplitLines {
  /// Whether this processor joins weights faster than memory hands them out: with vectors of 64 bytes.
  static let areFaster = cfv_widest_vector() >= 16

  /// Whether weights of shape `[lines, width]` can be split: whole blocks of 128, finite, few of them smaller than 2⁻¹⁵
  /// of their line's largest.
  ///
  /// - Complexity: O(n)
  static func canSplit(_ weights: Tensor) -> Bool {
    let (lines, width) = (weights.shape[0], weights.shape[1])
    return cfv_can_split_dense(weights.unsafeElements, width, lines) != 0
  }

  /// Splits each line where it is.
  ///
  /// - Complexity: O(n), and a copy of a tensor that somebody else holds.
  static func split(_ weights: inout Tensor) {
    let (lines, width) = (weights.shape[0], weights.shape[1])
    weights.withUnsafeMutableBufferPointer { elements in
      guard let start = elements.baseAddress else { return }
      WorkerPool.forEachChunk(lines, threads: WorkerPool.threadCount) { line, _ in
        withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { copy in
          cfv_split_dense(start + line * width, width, copy.baseAddress)
        }
      }
    }
  }

  /// Some of the lines as they were before they were split.
  static func joining(_ chosen: [Int], of lines: Tensor) -> Tensor {
    let width = lines.shape[1]
    return Tensor(shape: [chosen.count, width]) { target in
      guard let start = target.baseAddress else { return }
      WorkerPool.forEachChunk(chosen.count, threads: WorkerPool.threadCount) { place, _ in
        join(0..<width, ofLine: chosen[place], lines, into: start + place * width)
      }
    }
  }

  /// The weights of a line at some places, which begin and end with a block.
  static func join(
    _ places: Range<Int>, ofLine line: Int, _ lines: Tensor,
    into weights: UnsafeMutablePointer<Float>
  ) {
    let width = lines.shape[1]
    cfv_join_dense(
      lines.unsafeElements + line * width, width, places.lowerBound, places.upperBound, weights)
  }
}
