internal import CFVKernels

/// Weights rounded to half precision, a unit's times a power of two: half the memory to read.
///
/// A weight is off by at most 2⁻¹¹ of itself, or by 2⁻³⁹ of its unit's largest where that is more; none is too large.
struct HalfDenseWeights: DenseWeights {
  let units: Int
  let width: Int
  /// Two halves in the place of a float.
  private let halves: Tensor
  /// What a unit's halves are to be multiplied by.
  private let factors: Tensor

  /// Rounds weights of shape `[units, inputs]` to the nearest halves, ties to even ones.
  init(_ weights: Tensor) {
    let (units, width) = (weights.shape[0], weights.shape[1])
    var factors = Tensor(shape: [units])
    halves = Tensor(shape: [(units * width + 1) / 2]) { target in
      guard let base = target.baseAddress else { return }
      // The odd half at the end.
      target[target.count - 1] = 0
      let halves = UnsafeMutableRawPointer(base).assumingMemoryBound(to: UInt16.self)
      factors.withUnsafeMutableBufferPointer { factors in
        guard let factors = factors.baseAddress else { return }
        WorkerPool.forEachChunk(units, threads: WorkerPool.threadCount) { unit, _ in
          cfv_dense_half_store(
            weights.unsafeElements + unit * width, width, 1, halves + unit * width, factors + unit)
        }
      }
    }
    self.factors = factors
    self.units = units
    self.width = width
  }

  private var start: UnsafePointer<UInt16> {
    UnsafeRawPointer(halves.unsafeElements).assumingMemoryBound(to: UInt16.self)
  }

  func multiply(
    _ input: UnsafePointer<Float>, rows: Int, units chosen: Range<Int>,
    into output: UnsafeMutablePointer<Float>
  ) {
    cfv_dense_half_multiply(
      input, rows, start + chosen.lowerBound * width, factors.unsafeElements + chosen.lowerBound,
      width, chosen.count, output, units)
  }

  func pullBack(
    _ outputGradient: UnsafePointer<Float>, rows: Int, inputs: Range<Int>,
    into gradient: UnsafeMutablePointer<Float>, accumulating: Bool,
    open: UnsafeMutablePointer<Int32>
  ) {
    cfv_dense_half_pull_back(
      outputGradient, rows, start, factors.unsafeElements, width, units, inputs.lowerBound,
      inputs.upperBound, gradient, accumulating ? 1 : 0, open)
  }
}
