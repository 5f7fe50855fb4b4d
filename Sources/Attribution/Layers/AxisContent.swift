/// What lies along an axis of a value: rows and columns of the picture, something else, or several of them in row-major
/// order.
///
/// A token axis `[H·W]` is rows, then columns. Windows of a Swin stage cut rows and columns in two, and put them together
/// again: parts know their stride, so that they are found to be whole afterwards.
struct AxisContent: Equatable {
  /// What a part of an axis steps over.
  enum Dimension: Equatable {
    /// The pictures of the batch.
    case pictures
    case rows
    case columns
    /// Channels, heads, or what lost its order.
    case other
  }

  /// A loop over an axis.
  struct Part: Equatable {
    var dimension: Dimension
    /// The steps.
    var extent: Int
    /// The pictures, rows or columns of a step.
    var stride = 1
    /// All pictures, rows or columns that there are.
    var total = 0
  }

  /// The outermost first; none of an axis of one cell.
  var parts: [Part]
  /// The cells in front that have no position, such as a class token, and those behind.
  var (before, after) = (0, 0)

  private init(parts: [Part]) { self.parts = parts }

  /// An axis of no positions.
  static func other(_ extent: Int) -> AxisContent {
    AxisContent(parts: extent == 1 ? [] : [Part(dimension: .other, extent: extent)])
  }

  /// An axis of all pictures, of all rows, or of all columns.
  static func whole(_ dimension: Dimension, _ extent: Int) -> AxisContent {
    AxisContent(
      parts: extent == 1 ? [] : [Part(dimension: dimension, extent: extent, total: extent)])
  }

  /// Several loops on one axis.
  init(merging parts: [Part]) {
    self.parts = []
    for part in parts {
      if let last = self.parts.last, let merged = last.followed(by: part) {
        self.parts[self.parts.count - 1] = merged
      } else {
        self.parts.append(part)
      }
    }
  }

  /// Whether it steps over rows or columns.
  var hasPositions: Bool { parts.contains { $0.dimension == .rows || $0.dimension == .columns } }

  /// Whether it steps over pictures, rows or columns.
  var isFollowed: Bool { parts.contains { $0.dimension != .other } }

  /// The only dimension of which it holds everything; `nil` where it holds several, or a part.
  var wholeDimension: Dimension? {
    guard parts.count == 1, before == 0, after == 0, parts[0].isWhole else { return nil }
    return parts[0].dimension
  }

  /// The rows and columns of a grid in row-major order, one cell after the other; `nil` where it is none.
  var grid: (rows: Int, columns: Int)? {
    guard parts.allSatisfy({ $0.dimension != .other && $0.isWhole }) else { return nil }
    switch parts.map(\.dimension) {
    case [.rows, .columns]: return (parts[0].extent, parts[1].extent)
    case [.rows]: return (parts[0].extent, 1)
    case [.columns]: return (1, parts[0].extent)
    default: return nil
    }
  }
}

extension AxisContent.Part {
  /// Whether it steps over all pictures, rows or columns.
  var isWhole: Bool { dimension != .other && stride == 1 && extent == total }

  /// The loop that this one and, inside of it, `next` amount to.
  func followed(by next: Self) -> Self? {
    guard dimension == next.dimension, dimension == .other || total == next.total else {
      return nil
    }
    guard dimension == .other || stride == next.extent * next.stride else { return nil }
    var merged = next
    merged.extent = extent * next.extent
    return merged
  }

  /// It as a loop of `count` steps round another; `nil` where it cannot be cut so.
  func cut(outer count: Int) -> (outer: Self, inner: Self)? {
    guard count > 0, extent % count == 0 else { return nil }
    var (outer, inner) = (self, self)
    inner.extent = extent / count
    outer.extent = count
    outer.stride = stride * inner.extent
    return (outer, inner)
  }
}

extension [AxisContent] {
  /// The same elements in row-major order under another shape.
  func reshaped(from old: [Int], to new: [Int]) -> [AxisContent] {
    let nothing = new.map { AxisContent.other($0) }
    guard count == old.count else { return nothing }
    var result: [AxisContent] = []
    var rest = zip(self, old).filter { $0.1 != 1 }.map { (content: $0.0, extent: $0.1) }[...]
    for extent in new {
      guard extent != 1 else {
        result.append(.other(1))
        continue
      }
      // An axis with a class token is kept whole, or not at all.
      if let first = rest.first, first.extent == extent {
        result.append(first.content)
        rest.removeFirst()
        continue
      }
      var (parts, found): ([AxisContent.Part], Int) = ([], 1)
      while found < extent {
        guard let (content, size) = rest.popFirst(), content.before == 0, content.after == 0 else {
          return nothing
        }
        guard found * size > extent else {
          parts += content.parts
          found *= size
          continue
        }
        guard extent % found == 0,
          let (outer, inner) = content.cut(outer: extent / found, of: size)
        else { return nothing }
        parts += outer.parts
        rest.insert((inner, size / (extent / found)), at: rest.startIndex)
        found = extent
      }
      guard found == extent else { return nothing }
      result.append(AxisContent(merging: parts))
    }
    return result
  }
}

extension AxisContent {
  /// The outermost `count` steps of an axis of `extent` cells, and what lies within a step.
  fileprivate func cut(outer count: Int, of extent: Int) -> (
    outer: AxisContent, inner: AxisContent
  )? {
    guard count > 0, extent % count == 0 else { return nil }
    var (outer, left) = ([Part](), count)
    for (index, part) in parts.enumerated() {
      if left == 1 {
        return (AxisContent(merging: outer), AxisContent(merging: Array(parts[index...])))
      }
      if left % part.extent == 0 {
        outer.append(part)
        left /= part.extent
        continue
      }
      guard let (first, second) = part.cut(outer: left) else { return nil }
      return (
        AxisContent(merging: outer + [first]),
        AxisContent(merging: [second] + parts[(index + 1)...])
      )
    }
    return left == 1 ? (AxisContent(merging: outer), .other(1)) : nil
  }
}
