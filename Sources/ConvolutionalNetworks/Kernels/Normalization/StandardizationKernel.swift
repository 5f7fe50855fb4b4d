internal import CFVKernels

extension LayerNormalization: CompilableOperation {
  package var arrangementRule: ArrangementRule { .following }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    try makeKernel(context, scale: scale, shift: shift, epsilon: epsilon, subtractsMean: true)
  }
}

extension RMSNormalization: CompilableOperation {
  package var arrangementRule: ArrangementRule { .following }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    try makeKernel(context, scale: scale, shift: nil, epsilon: epsilon, subtractsMean: false)
  }
}

extension AxisNormalization {
  /// The kernel for a value as it lies in memory.
  fileprivate func makeKernel(
    _ context: KernelContext, scale: Tensor?, shift: Tensor?, epsilon: Float, subtractsMean: Bool
  ) throws(ShapeError) -> any Kernel {
    let shape = context.inputs[0]
    let order = context.arrangement.permutation(rank: shape.count)
    func placed(_ parameter: Tensor?) -> Tensor? {
      parameter.map { parameter in
        let missing = Array(repeating: 1, count: shape.count - parameter.rank)
        return parameter.reshaped(to: missing + parameter.shape).transposed(order)
      }
    }
    let axes = try normalizedAxes(rank: shape.count).map {
      context.arrangement.place(axis: $0, rank: shape.count)
    }
    return Standardization(
      shape: shape, axes: Set(axes), scale: placed(scale), shift: placed(shift), epsilon: epsilon,
      subtractsMean: subtractsMean
    ).makeKernel()
  }
}

extension GroupNormalization: CompilableOperation {
  package var arrangementRule: ArrangementRule { .channelsLast }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let input = context.inputs[0]
    let channels = input[input.count - 1]
    let groups = groups ?? channels
    let perChannel = [1, 1, groups, channels / groups]
    return Standardization(
      shape: [input[0], input.dropFirst().dropLast().reduce(1, *)] + perChannel[2...],
      axes: [1, 3], scale: scale?.reshaped(to: perChannel), shift: shift?.reshaped(to: perChannel),
      epsilon: epsilon
    ).makeKernel()
  }
}

/// What layer, RMS, group and instance normalization have in common, in memory order.
struct Standardization {
  let shape: [Int]
  /// The axes that means are taken over.
  let axes: Set<Int>
  /// A factor of as many axes as the value, of the same extent or of 1.
  let scale: Tensor
  /// An offset of as many axes as the value, of the same extent or of 1.
  let shift: Tensor
  let epsilon: Float
  /// Whether the mean is taken away first.
  let subtractsMean: Bool

  init(
    shape: [Int], axes: Set<Int>, scale: Tensor?, shift: Tensor?, epsilon: Float,
    subtractsMean: Bool = true
  ) {
    let single = shape.map { _ in 1 }
    self.shape = shape
    self.axes = axes
    self.scale = scale ?? Tensor(shape: single, repeating: 1)
    self.shift = shift ?? Tensor(shape: single, repeating: 0)
    self.epsilon = epsilon
    self.subtractsMean = subtractsMean
  }

  /// The kernel for rows that lie together in memory, where it will do.
  func makeKernel() -> any Kernel {
    let split = shape.indices.first { axes.contains($0) && shape[$0] > 1 } ?? shape.count
    let isRowwise =
      shape[split...].indices.allSatisfy { axes.contains($0) || shape[$0] == 1 }
      && [scale, shift].allSatisfy { $0.shape[..<split].allSatisfy { $0 == 1 } }
    guard isRowwise else { return BroadcastStandardizationKernel(self) }
    let row = Array(shape[split...])
    return RowStandardizationKernel(
      rows: shape[..<split].reduce(1, *), scale: scale.stretched(to: row),
      shift: shift.stretched(to: row), epsilon: epsilon, subtractsMean: subtractsMean)
  }
}

extension Tensor {
  /// One number for each cell of a row of shape `row`, which the last axes broadcast to.
  fileprivate func stretched(to row: [Int]) -> Tensor {
    var result = Tensor(shape: row)
    let own = Array(shape.suffix(row.count))
    let walk = BroadcastWalk(over: row, arrays: [row, own])
    let cut = walk.cut(target: 0)
    result.withUnsafeMutableBufferPointer { target in
      guard let start = target.baseAddress else { return }
      for chunk in 0..<cut.chunks {
        walk.combine(
          CFV_SCALE, .init(1, unsafeElements), into: start, cut, chunk: chunk, accumulating: false)
      }
    }
    return result
  }
}
