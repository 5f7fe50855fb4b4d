extension TappedTensors {
  /// Some of the tensors, in this order: what a loss inside another one looks at.
  @_lifetime(copy self)
  func selecting(_ subjects: [Int]) -> TappedTensors {
    _overrideLifetime(
      TappedTensors(unsafe: subjects.map { parts[$0] }, at: moment), copying: self)
  }
}

extension TappedGradients {
  /// The gradients of some of the tensors, in this order.
  @_lifetime(&self)
  mutating func selecting(_ subjects: [Int]) -> TappedGradients {
    _overrideLifetime(TappedGradients(unsafe: subjects.map { parts[$0] }), mutating: &self)
  }
}
