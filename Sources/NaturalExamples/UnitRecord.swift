/// What is known of a unit after some pictures.
struct UnitRecord: Codable, Equatable {
  /// A picture that is among the best.
  struct Best: Codable, Equatable {
    let name: String
    let order: Int
    let value: Float
    /// The position of the maximum in reading order.
    let place: Int
  }

  /// The best pictures, the best one first.
  private(set) var best: [Best] = []
  private(set) var maxima = ValueHistogram()
  private(set) var sum = 0.0
  private(set) var nonFiniteCount = 0

  /// The mean of the maxima.
  var mean: Double { maxima.count > 0 ? sum / Double(maxima.count) : 0 }

  /// Notes the maximum of the next picture.
  ///
  /// - Parameter place: asked where it is, if the picture is among the best.
  mutating func add(
    _ value: Float, of name: String, order: Int, keeping count: Int, place: () -> Int
  ) {
    guard value.isFinite else {
      nonFiniteCount += 1
      return
    }
    maxima.add(value)
    sum += Double(value)
    // Of equal ones the earlier stays in front.
    if best.count == count, let last = best.last, value <= last.value { return }
    let index = best.firstIndex { $0.value < value } ?? best.count
    best.insert(Best(name: name, order: order, value: value, place: place()), at: index)
    if best.count > count { best.removeLast() }
  }

  /// The rule that numbers from a file break; `nil` where they can have come of pictures.
  func fault(keeping count: Int, positions: Int, seen: Int) -> String? {
    guard best.count == min(count, maxima.count), maxima.count + nonFiniteCount <= seen,
      nonFiniteCount >= 0, sum.isFinite
    else { return "its counts do not fit one another" }
    guard best.allSatisfy({ $0.value.isFinite && (0..<seen).contains($0.order) }),
      zip(best, best.dropFirst()).allSatisfy({ $0.value >= $1.value })
    else { return "its best pictures are not in order" }
    guard best.allSatisfy({ (0..<positions).contains($0.place) }) else {
      return "a position lies outside the layer's map"
    }
    return nil
  }
}
