internal import CFVKernels

extension Tensor {
  /// `eˣ / Σ eˣ` along the last axis: the probabilities of classes from their logits, `[N, units]`.
  public func softmax() -> Tensor {
    let width = shape.last ?? 1
    guard count > 0 else { return self }
    return Tensor(shape: shape) { result in
      withUnsafeBufferPointer { elements in
        cfv_softmax_rows(
          elements.baseAddress, result.baseAddress, count / width, width, 0)
      }
    }
  }
}
