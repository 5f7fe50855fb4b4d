/// Numbers for the spatial axes of a feature map: one for all of them, or one for each, height before width.
///
///     .convolution(16, kernel: 3)
///     .convolution(16, kernel: [1, 7], stride: 2)
public protocol SpatialExtents: Sendable {
  /// A number for each spatial axis, or a single one for all.
  var spatialExtents: [Int] { get }
}

extension Int: SpatialExtents {
  public var spatialExtents: [Int] { [self] }
}

extension [Int]: SpatialExtents {
  public var spatialExtents: [Int] { self }
}

extension [Int] {
  /// A number for each of `axes` axes.
  func spread(over axes: Int, _ what: String) throws(ShapeError) -> [Int] {
    guard count == axes || count == 1 else {
      throw ShapeError("\(what) \(self) for \(axes) spatial axes")
    }
    return count == axes ? self : Array(repeating: self[0], count: axes)
  }
}
