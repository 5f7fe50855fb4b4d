internal import CFVKernels

/// A quantization grid of the elements of a value as they lie in memory.
struct PlacedGrid: Sendable {
  private let scales: Tensor
  private let zeroPoints: Tensor
  private let range: ClosedRange<Int>

  /// The grid of a kernel's first input.
  ///
  /// - Parameter range: the integers that there are; it does not matter where none are made.
  init(_ grid: QuantizationGrid, range: ClosedRange<Int> = 0...0, _ context: KernelContext)
    throws(ShapeError)
  {
    let (scale, zeroPoint) = try grid.broadcast(to: context.logicalInputs[0])
    let placed = [scale, zeroPoint].map {
      RepeatedParameters($0, shape: context.inputs[0], arrangement: context.arrangement).numbers
    }
    (scales, zeroPoints) = (placed[0], placed[1])
    self.range = range
  }

  /// The `Float`s it takes.
  static func count(_ grid: QuantizationGrid, _ context: KernelContext) -> Int {
    switch grid.granularity {
    case .tensor: return 2
    case .axis(let axis):
      let place = (try? context.place(axis: axis)) ?? 0
      return 2 * context.inputs[0][place...].reduce(1, *)
    case .blocks: return 2 * context.inputs[0].reduce(1, *)
    }
  }

  /// The grid in C's terms.
  var parameters: cfv_quantization {
    cfv_quantization(
      steps: scales.unsafeElements, zeros: zeroPoints.unsafeElements, period: scales.count,
      low: Float(range.lowerBound), high: Float(range.upperBound))
  }
}
