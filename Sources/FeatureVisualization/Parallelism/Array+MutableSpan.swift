extension Array where Element == Float {
  /// Calls `body` with all numbers, to be written; for arrays that an object holds.
  mutating func withMutableSpan<Result>(_ body: (inout MutableSpan<Float>) -> Result) -> Result {
    var span = mutableSpan
    return body(&span)
  }
}
