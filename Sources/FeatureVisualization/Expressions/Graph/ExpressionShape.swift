/// The shape of an expression's value.
struct ExpressionShape: Sendable, Equatable {
  /// The extent of the first axis where it is that of the pictures; `nil` for what is the same for all of them.
  var pictures: Int?
  /// The extents of a picture's own axes.
  var axes: [Int]

  /// All extents, outermost first.
  var extents: [Int] { (pictures.map { [$0] } ?? []) + axes }

  var count: Int { extents.reduce(1, *) }

  /// The position among `extents` of an axis that is numbered from the front or, below 0, from the end.
  ///
  /// Numbers from the end count a picture's own axes alone, so that none of them means the pictures by accident.
  func position(ofAxis axis: Int) throws(ExpressionError) -> Int {
    let first = pictures == nil ? 0 : 1
    let position = axis < 0 ? extents.count + axis : axis
    guard position < extents.count, position >= (axis < 0 ? first : 0) else {
      let range = extents.isEmpty ? "it has no axes" : "it has axes 0 to \(extents.count - 1)"
      let back = axes.isEmpty ? "" : ", or −\(axes.count) to −1 from the end"
      throw ExpressionError("\(range)\(back)", [self])
    }
    return position
  }

  /// The shape without an axis of `extents`.
  func removing(_ position: Int) -> ExpressionShape {
    replacing(position, with: nil)
  }

  /// The shape with another extent of an axis, or without it. The axis of pictures does not stay one.
  func replacing(_ position: Int, with extent: Int?) -> ExpressionShape {
    let changed =
      Array(extents[..<position]) + (extent.map { [$0] } ?? []) + extents[(position + 1)...]
    guard let pictures, position > 0 else { return ExpressionShape(pictures: nil, axes: changed) }
    return ExpressionShape(pictures: pictures, axes: Array(changed.dropFirst()))
  }

  /// The extents aligned with those of a broadcast result.
  func aligned(with result: ExpressionShape) -> [Int] {
    let own = Array(repeating: 1, count: result.axes.count - axes.count) + axes
    return (result.pictures == nil ? [] : [pictures ?? 1]) + own
  }

  /// The shape of what is made of two tensors element by element.
  func broadcast(with other: ExpressionShape) throws(ExpressionError) -> ExpressionShape {
    var result: [Int] = []
    for back in 1..<max(axes.count, other.axes.count) + 1 {
      let left = back <= axes.count ? axes[axes.count - back] : 1
      let right = back <= other.axes.count ? other.axes[other.axes.count - back] : 1
      guard left == right || left == 1 || right == 1 else {
        throw ExpressionError(
          "a picture's axes are aligned at their end, and \(left) does not go with \(right)",
          [self, other])
      }
      result.append(left == 1 ? right : left)
    }
    return ExpressionShape(pictures: pictures ?? other.pictures, axes: result.reversed())
  }
}

extension ExpressionShape: CustomStringConvertible {
  var description: String { "\(extents)" }
}

/// A rule that an expression breaks: what the rule is, and the shapes that break it.
struct ExpressionError: Error, Equatable {
  let rule: String
  let shapes: [ExpressionShape]

  init(_ rule: String, _ shapes: [ExpressionShape] = []) {
    self.rule = rule
    self.shapes = shapes
  }

  /// The error in words, of an operation.
  func description(of operation: String) -> String {
    switch shapes.count {
    case 0: "\(operation): \(rule)"
    case 1: "\(operation) of a tensor of shape \(shapes[0]): \(rule)"
    default:
      "\(operation) of tensors of shapes \(shapes.map(\.description).joined(separator: " and ")): \(rule)"
    }
  }
}
