internal import CFVKernels

/// Weights rounded to half precision, a line's times a power of two: half the memory to read.
///
/// A weight is off by at most 2⁻¹¹ of itself, or by 2⁻³⁹ of its line's largest where that is more; none is too large.
struct HalfDenseWeights: DenseWeights {
  let lines: Int
  let width: Int
  /// Two halves in the place of a float.
  private let halves: Tensor
  /// What a line's halves are to be multiplied by.
  private let factors: Tensor

  /// Rounds weights to the nearest halves, ties to even ones, in lines as they lie.
  init(_ matrix: DenseMatrix) {
    let (lines, width) = (matrix.lines.shape[0], matrix.lines.shape[1])
    var factors = Tensor(shape: [lines])
    halves = Tensor(shape: [(lines * width + 1) / 2]) { target in
      guard let base = target.baseAddress else { return }
      // The odd half at the end.
      target[target.count - 1] = 0
      let halves = UnsafeMutableRawPointer(base).assumingMemoryBound(to: UInt16.self)
      factors.withUnsafeMutableBufferPointer { factors in
        guard let factors = factors.baseAddress else { return }
        WorkerPool.forEachChunk(lines, threads: WorkerPool.threadCount) { line, _ in
          matrix.withLine(line) {
            cfv_dense_half_store($0, width, 1, halves + line * width, factors + line)
          }
        }
      }
    }
    self.factors = factors
    self.lines = lines
    self.width = width
  }

  private var start: UnsafePointer<UInt16> {
    UnsafeRawPointer(halves.unsafeElements).assumingMemoryBound(to: UInt16.self)
  }

  func multiply(
    _ input: UnsafePointer<Float>, rows: Int, lines chosen: Range<Int>,
    gates: UnsafePointer<Float>?, into output: UnsafeMutablePointer<Float>, accumulating: Bool,
    open: UnsafeMutablePointer<Int32>
  ) {
    cfv_dense_half_multiply(
      input, rows, start, factors.unsafeElements, width, lines, chosen.lowerBound,
      chosen.upperBound, gates, output, accumulating ? 1 : 0, open)
  }

  func combine(
    _ shares: UnsafePointer<Float>, rows: Int, places: Range<Int>,
    into output: UnsafeMutablePointer<Float>, accumulating: Bool,
    open: UnsafeMutablePointer<Int32>
  ) {
    cfv_dense_half_combine(
      shares, rows, start, factors.unsafeElements, width, lines, places.lowerBound,
      places.upperBound, output, accumulating ? 1 : 0, open)
  }
}
