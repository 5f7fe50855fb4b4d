extension MutableSpan where Element == Float {
  /// Calls `body` with the first `count` numbers.
  mutating func withPrefix<Result>(
    _ count: Int, _ body: (inout MutableSpan<Float>) -> Result
  ) -> Result {
    withUnsafeMutableBufferPointer { numbers in
      var prefix = UnsafeMutableBufferPointer(rebasing: numbers[..<count]).mutableSpan
      return body(&prefix)
    }
  }
}
