/// Where the largest elements are. NaN counts as smaller than any number.
extension Span where Element == Float {
  /// The position of the largest element, the first of equal ones; `nil` of no elements.
  public func argmax() -> Int? {
    guard !isEmpty else { return nil }
    var best = 0
    for index in indices.dropFirst() where precedes(index, best) { best = index }
    return best
  }

  /// The positions of the largest elements, largest first, equal ones in their order; all of them where there are no more
  /// than `count`.
  ///
  /// - Precondition: `count` is not negative.
  /// - Complexity: O(n log n).
  public func topIndices(_ count: Int) -> [Int] {
    let order = withUnsafeBufferPointer { elements in
      elements.indices.sorted { elements.span.precedes($0, $1) }
    }
    return Array(order.prefix(count))
  }

  /// Whether the element at `index` comes before the one at `other`.
  private func precedes(_ index: Int, _ other: Int) -> Bool {
    let (element, rival) = (self[index], self[other])
    if element > rival { return true }
    if element < rival { return false }
    // Equal ones, or a NaN.
    return element.isNaN == rival.isNaN ? index < other : rival.isNaN
  }
}
