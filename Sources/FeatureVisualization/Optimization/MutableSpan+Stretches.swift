extension MutableSpan where Element == Float {
  /// Calls `body` with parameters and their gradient from the start of every stretch on, on the threads of the pool.
  mutating func withStretches(
    _ gradient: Span<Float>,
    _ body: (
      _ parameters: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>,
      _ stretch: Range<Int>
    ) -> Void
  ) {
    precondition(gradient.count == count, "\(gradient.count) slopes for \(count) parameters")
    let count = count
    withUnsafeMutableBufferPointer { parameters in
      gradient.withUnsafeBufferPointer { gradient in
        guard let parameters = parameters.baseAddress, let gradient = gradient.baseAddress else {
          return
        }
        Stretch.forEach(of: count) {
          body(parameters + $0.lowerBound, gradient + $0.lowerBound, $0)
        }
      }
    }
  }
}
