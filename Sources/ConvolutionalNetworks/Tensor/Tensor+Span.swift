extension Tensor {
  /// The elements in row-major order, lent: they stay the tensor's.
  public var span: Span<Float> {
    @_lifetime(borrow self) get {
      let elements = UnsafeBufferPointer(start: storage.elements, count: storage.count)
      return _overrideLifetime(elements.span, borrowing: self)
    }
  }

  /// The elements in row-major order, to be read and written where they lie.
  ///
  /// - Complexity: copies the storage once when it is shared.
  public var mutableSpan: MutableSpan<Float> {
    @_lifetime(&self) mutating get {
      makeUnique()
      let elements = UnsafeMutableBufferPointer(start: storage.elements, count: storage.count)
      return _overrideLifetime(elements.mutableSpan, mutating: &self)
    }
  }
}
