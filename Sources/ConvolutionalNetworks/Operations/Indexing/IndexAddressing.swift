/// How a tensor of indices addresses the elements of another, the data. Negative indices count from the end of an axis.
public enum IndexAddressing: Sendable, Equatable {
  /// Each index is the position along one axis of all that lies at it: NumPy's `take`.
  case positions(axis: Int)
  /// Each index replaces one coordinate of the place where it stands itself: NumPy's `take_along_axis`.
  case elements(axis: Int)
  /// The last axis of the indices holds coordinates of the first axes of the data, behind `batchAxes` axes that both have.
  case coordinates(batchAxes: Int)
}

extension IndexAddressing {
  /// The shape of what the indices address.
  ///
  /// - Throws: `ShapeError` where data and indices do not fit.
  func addressedShape(data: [Int], indices: [Int]) throws(ShapeError) -> [Int] {
    switch self {
    case .positions(let axis):
      let axis = try normalizedAxis(axis, rank: data.count)
      return data[..<axis] + indices + data[(axis + 1)...]
    case .elements(let axis):
      let axis = try normalizedAxis(axis, rank: data.count)
      let fits =
        indices.count == data.count
        && data.indices.allSatisfy { $0 == axis || indices[$0] <= data[$0] }
      guard fits else { throw ShapeError("indices of shape \(indices) into \(data)") }
      return indices
    case .coordinates(let batchAxes):
      guard let count = indices.last, batchAxes >= 0, batchAxes < indices.count,
        batchAxes + count <= data.count, count > 0,
        data.prefix(batchAxes) == indices.prefix(batchAxes)
      else { throw ShapeError("coordinates of shape \(indices) into \(data)") }
      return indices.dropLast() + data[(batchAxes + count)...]
    }
  }
}
