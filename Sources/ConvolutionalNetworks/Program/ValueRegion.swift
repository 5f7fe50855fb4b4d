/// A part of a value: a stretch of each logical axis.
struct ValueRegion: Hashable {
  var axes: [Range<Int>]

  init(_ axes: [Range<Int>]) { self.axes = axes }

  /// All of a value of shape `shape`.
  init(whole shape: [Int]) { axes = shape.map { 0..<$0 } }

  /// The shape of the part.
  var shape: [Int] { axes.map(\.count) }

  func isWhole(of shape: [Int]) -> Bool { self == ValueRegion(whole: shape) }

  /// The smallest part that has all of both.
  func union(_ other: ValueRegion) -> ValueRegion {
    ValueRegion(
      zip(axes, other.axes).map { left, right in
        min(left.lowerBound, right.lowerBound)..<max(left.upperBound, right.upperBound)
      })
  }

  /// The operation that takes this part out of another that holds it.
  func slice(of other: ValueRegion) -> Slice {
    let offsets = zip(axes, other.axes).map { $0.lowerBound - $1.lowerBound }
    return Slice(
      starts: .constant(offsets),
      ends: .constant(zip(offsets, axes).map { $0 + $1.count }))
  }
}
