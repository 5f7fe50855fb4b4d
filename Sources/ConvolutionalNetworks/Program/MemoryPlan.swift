/// Places for arrays that live for a while in one stretch of memory; arrays that never live at the same time
/// may share a place.
struct MemoryPlan {
  /// An array: how many `Float`s, and the first and last moment it is needed.
  struct Request {
    let count: Int
    var life: ClosedRange<Int>
  }

  /// Where each array starts, in `Float`s; `nil` for one that is never needed.
  let offsets: [Int?]
  /// The `Float`s in all.
  let count: Int

  /// The unit of placement: a cache line, so that every array is aligned.
  private static let granularity = 16

  /// Places the largest arrays first, each at the lowest offset that is free during its life.
  ///
  /// - Complexity: O(n²) for n arrays.
  init(_ requests: [Request?]) {
    var placed: [(life: ClosedRange<Int>, start: Int, end: Int)] = []
    var offsets = [Int?](repeating: nil, count: requests.count)
    let order = requests.indices.filter { requests[$0] != nil }
      .sorted { (requests[$1]!.count, $0) < (requests[$0]!.count, $1) }
    for index in order {
      guard let request = requests[index] else { continue }
      let size =
        (max(request.count, 1) + Self.granularity - 1) / Self.granularity * Self.granularity
      var start = 0
      for other in placed where other.life.overlaps(request.life) {
        // `placed` is sorted by offset, so the first gap that is wide enough is the lowest.
        if start + size <= other.start { break }
        start = max(start, other.end)
      }
      offsets[index] = start
      let position = placed.firstIndex { $0.start > start } ?? placed.count
      placed.insert((request.life, start, start + size), at: position)
    }
    self.offsets = offsets
    count = placed.map(\.end).max() ?? 0
  }
}
