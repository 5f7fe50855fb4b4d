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

  /// The most arrays of which each is compared with all others: more than published networks have.
  private static let mostCompared = 1 << 11

  /// The `Float`s that an array takes with what is left over of its last cache line.
  static func size(of request: Request) -> Int {
    (max(request.count, 1) + granularity - 1) / granularity * granularity
  }

  /// Places the largest arrays first, each around the middle of one that lay there before, if that is free during its
  /// life, or else at the lowest offset that is.
  ///
  /// Of every map each worker computes the same share, the first one the first rows. Around the same middle two workers'
  /// shares of different maps lie in the same memory, which then stays in a core's caches and changes hands seldom.
  ///
  /// - Complexity: O(n² log n) for n arrays, up to `mostCompared`; beyond that O(n log n), where each takes a hole that
  ///   those before it have left.
  init(_ requests: [Request?]) {
    guard requests.count(where: { $0 != nil }) <= Self.mostCompared else {
      (offsets, count) = Self.placeInHoles(requests)
      return
    }
    let lowest = Self.place(requests, aroundMiddles: false)
    let middle = Self.place(requests, aroundMiddles: true)
    (offsets, count) = middle.count <= lowest.count + lowest.count / Self.excess ? middle : lowest
  }

  /// The part of the memory that lying around middles may cost.
  private static let excess = 4

  private struct Place {
    let life: ClosedRange<Int>
    let start: Int
    let end: Int
  }

  private static func place(
    _ requests: [Request?], aroundMiddles: Bool
  ) -> (offsets: [Int?], count: Int) {
    // Sorted by offset.
    var placed: [Place] = []
    var count = 0
    var offsets = [Int?](repeating: nil, count: requests.count)
    let order = requests.indices.filter { requests[$0] != nil }
      .sorted { (requests[$1]!.count, $0) < (requests[$0]!.count, $1) }
    for index in order {
      guard let request = requests[index] else { continue }
      let size = size(of: request)
      let others = placed.filter { $0.life.overlaps(request.life) }
      var start = lowestGap(of: size, among: others)
      if aroundMiddles,
        let middle = middle(of: size, in: placed, among: others, end: max(count, start + size))
      {
        start = middle
      }
      offsets[index] = start
      count = max(count, start + size)
      let position = placed.firstIndex { $0.start > start } ?? placed.count
      placed.insert(Place(life: request.life, start: start, end: start + size), at: position)
    }
    return (offsets, count)
  }

  /// The lowest offset that is free.
  private static func lowestGap(of size: Int, among others: [Place]) -> Int {
    var start = 0
    for other in others {
      if start + size <= other.start { break }
      start = max(start, other.end)
    }
    return start
  }

  /// The lowest offset around the middle of an array that is free and ends by `end`.
  private static func middle(
    of size: Int, in placed: [Place], among others: [Place], end: Int
  ) -> Int? {
    let taken = Stretches(others)
    return placed.lazy.map { ($0.start + $0.end - size) / 2 / granularity * granularity }
      .first { start in
        start >= 0 && start + size <= end && taken.isFree(start..<(start + size))
      }
  }

  /// The memory that some arrays take.
  private struct Stretches {
    /// Apart from one another, the lowest first.
    private var stretches: [Range<Int>] = []

    /// The memory of arrays in ascending order of their starts.
    init(_ places: [Place]) {
      for place in places {
        if let last = stretches.last, place.start <= last.upperBound {
          stretches[stretches.count - 1] =
            last.lowerBound..<max(last.upperBound, place.end)
        } else {
          stretches.append(place.start..<place.end)
        }
      }
    }

    func isFree(_ range: Range<Int>) -> Bool {
      // The first stretch that ends behind the start of the range.
      var (low, high) = (0, stretches.count)
      while low < high {
        let middle = (low + high) / 2
        if stretches[middle].upperBound <= range.lowerBound {
          low = middle + 1
        } else {
          high = middle
        }
      }
      return low == stretches.count || stretches[low].lowerBound >= range.upperBound
    }
  }
}
