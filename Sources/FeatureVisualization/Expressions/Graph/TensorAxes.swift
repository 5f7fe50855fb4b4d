/// The axes that an operation goes over: `-1`, `[1, 2]`, `.positions`.
///
/// Axis 0 is that of the pictures, where there is one; −1 is the last.
public enum TensorAxes: Sendable, Hashable {
  /// Every axis of a picture.
  case allButPictures
  /// Every axis of a picture but the last, which is that of the units: H and W of `[N, H, W, C]`.
  case positions
  /// The axis of the pictures alone: what is made of it couples the pictures of a batch.
  case pictures
  /// These axes, counted from the end where they are below 0.
  case numbers([Int])

  /// Whether the axis of the pictures of a tensor that has one is among them.
  var includePictures: Bool {
    switch self {
    case .allButPictures, .positions: false
    case .pictures: true
    case .numbers(let numbers): numbers.contains(0)
    }
  }

  /// Their positions among a shape's extents, in order.
  func positions(in shape: ExpressionShape) throws(ExpressionError) -> [Int] {
    let first = shape.pictures == nil ? 0 : 1
    switch self {
    case .allButPictures: return Array(first..<shape.extents.count)
    case .positions:
      guard !shape.axes.isEmpty else {
        throw ExpressionError("it has no axis of units, and so no positions", [shape])
      }
      return Array(first..<shape.extents.count - 1)
    case .pictures:
      guard shape.pictures != nil else {
        throw ExpressionError("it has no axis of pictures", [shape])
      }
      return [0]
    case .numbers(let numbers):
      var positions: Set<Int> = []
      for number in numbers {
        guard positions.insert(try shape.position(ofAxis: number)).inserted else {
          throw ExpressionError("axis \(number) is named twice", [shape])
        }
      }
      return positions.sorted()
    }
  }
}

extension TensorAxes: ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
  public init(integerLiteral axis: Int) { self = .numbers([axis]) }
  public init(arrayLiteral axes: Int...) { self = .numbers(axes) }
}

extension TensorAxes: CustomStringConvertible {
  public var description: String {
    switch self {
    case .allButPictures: "all axes"
    case .positions: "positions"
    case .pictures: "pictures"
    case .numbers(let numbers):
      (numbers.count == 1 ? "axis " : "axes ") + numbers.map { "\($0)" }.joined(separator: ", ")
    }
  }
}
