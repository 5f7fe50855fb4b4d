extension Tensor {
  /// A copy whose axis `i` is this tensor's axis `permutation[i]`.
  ///
  /// - Precondition: `permutation` holds each of `0 ..< rank` once.
  public func transposed(_ permutation: [Int]) -> Tensor {
    precondition(
      permutation.sorted() == Array(0..<rank), "\(permutation) does not permute \(shape)")
    let plan = TranspositionPlan(shape: shape, permutation: permutation)
    return Tensor(shape: permutation.map { shape[$0] }) { target in
      withUnsafeBufferPointer { source in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        plan.run(from: from, to: to)
      }
    }
  }
}
