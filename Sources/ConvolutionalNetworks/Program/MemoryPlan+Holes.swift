extension MemoryPlan {
  /// Places arrays in the order in which their lives begin, each in a hole that those have left whose lives are over.
  ///
  /// - Complexity: O(n log n) for n arrays.
  static func placeInHoles(_ requests: [Request?]) -> (offsets: [Int?], count: Int) {
    var offsets = [Int?](repeating: nil, count: requests.count)
    var holes = HoleList()
    let living = requests.indices.compactMap { index in requests[index].map { (index, $0) } }
    // Of those that begin together the largest first.
    let beginnings = living.sorted { left, right in
      (left.1.life.lowerBound, right.1.count, left.0)
        < (right.1.life.lowerBound, left.1.count, right.0)
    }
    let endings = living.sorted { left, right in
      (left.1.life.upperBound, left.0) < (right.1.life.upperBound, right.0)
    }
    var ended = endings[...]
    for (index, request) in beginnings {
      while let (other, past) = ended.first, past.life.upperBound < request.life.lowerBound {
        ended.removeFirst()
        if let start = offsets[other] { holes.add(start..<(start + size(of: past))) }
      }
      offsets[index] = holes.take(size(of: request))
    }
    return (offsets, holes.end)
  }
}

/// The free stretches of memory, found by size.
private struct HoleList {
  /// Where memory ends; behind it all is free.
  private(set) var end = 0
  private var ends: [Int: Int] = [:]
  private var starts: [Int: Int] = [:]
  /// Holes by the power of two of their size, those that are taken by now among them.
  private var classes = [[Range<Int>]](repeating: [], count: Int.bitWidth)

  /// The holes of a size's own class that are tried: in those of the larger ones everything fits.
  private static let tries = 8

  private static func sizeClass(_ size: Int) -> Int {
    Int.bitWidth - 1 - size.leadingZeroBitCount
  }

  /// The start of a stretch of `size`, which is free no longer.
  mutating func take(_ size: Int) -> Int {
    guard let hole = hole(of: size) else {
      // A hole at the end needs only what is missing.
      let start = starts[end] ?? end
      if start < end { remove(start..<end) }
      end = start + size
      return start
    }
    remove(hole)
    if hole.count > size { insert((hole.lowerBound + size)..<hole.upperBound) }
    return hole.lowerBound
  }

  /// Frees a stretch.
  mutating func add(_ stretch: Range<Int>) {
    var whole = stretch
    if let start = starts[whole.lowerBound] {
      remove(start..<whole.lowerBound)
      whole = start..<whole.upperBound
    }
    if let end = ends[whole.upperBound] {
      remove(whole.upperBound..<end)
      whole = whole.lowerBound..<end
    }
    insert(whole)
  }

  private mutating func hole(of size: Int) -> Range<Int>? {
    let own = Self.sizeClass(size)
    dropTaken(own)
    if let hole = classes[own].suffix(Self.tries).reversed().first(where: {
      $0.count >= size && isFree($0)
    }) {
      return hole
    }
    for larger in (own + 1)..<Int.bitWidth {
      dropTaken(larger)
      if let hole = classes[larger].last { return hole }
    }
    return nil
  }

  private mutating func dropTaken(_ sizeClass: Int) {
    while let last = classes[sizeClass].last, !isFree(last) { classes[sizeClass].removeLast() }
  }

  private func isFree(_ hole: Range<Int>) -> Bool { ends[hole.lowerBound] == hole.upperBound }

  private mutating func insert(_ hole: Range<Int>) {
    ends[hole.lowerBound] = hole.upperBound
    starts[hole.upperBound] = hole.lowerBound
    classes[Self.sizeClass(hole.count)].append(hole)
  }

  private mutating func remove(_ hole: Range<Int>) {
    ends[hole.lowerBound] = nil
    starts[hole.upperBound] = nil
  }
}
