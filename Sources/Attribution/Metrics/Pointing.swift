public import FeatureVisualization

/// The pointing game: whether the largest number of a map lies in the region of the object that it explains.
///
///     let hits = try zip(maps, objects).map { try $0.points(into: $1) }
///     let share = Double(hits.filter(\.self).count) / Double(hits.count)
///
/// Zhang et al. 2018, https://doi.org/10.1007/s11263-017-1059-x.
extension AttributionMap {
  /// The pixel of the largest number of a picture's map, channels summed; of equal ones the first, and `nil` where all are the
  /// same.
  ///
  /// - Precondition: there is a picture of this number.
  public func peak(ofPicture index: Int = 0) -> MapPosition? {
    let pixels = picture(index).reduced(by: .sum).values.elements
    guard let largest = pixels.max(), let least = pixels.min(), largest > least,
      let place = pixels.firstIndex(of: largest)
    else { return nil }
    let width = values.shape[2]
    return .cell(row: place / width, column: place % width)
  }

  /// Whether the largest number of a picture's map lies in a region. A map of one number everywhere points nowhere.
  ///
  /// - Parameters:
  ///   - region: not 0 at the object's pixels, H × W of the map.
  ///   - tolerance: how many pixels beside the region count as in it, along either axis; the paper allows 15.
  ///   - index: the picture's number.
  /// - Throws: `VisualizationError.invalidArgument` for a region of another size.
  /// - Precondition: there is a picture of this number.
  public func points(
    into region: Tensor, tolerance: Int = 0, ofPicture index: Int = 0
  ) throws(VisualizationError) -> Bool {
    let (height, width) = (values.shape[1], values.shape[2])
    guard region.shape == [height, width] else {
      throw .invalidArgument(
        "region", "shape \(region.shape) is not the map's, [\(height), \(width)]")
    }
    let pixels = picture(index).reduced(by: .sum).values.elements
    guard let largest = pixels.max(), let least = pixels.min(), largest > least,
      let place = pixels.firstIndex(of: largest)
    else { return false }
    let (row, column) = (place / width, place % width)
    let object = region.span
    for y in max(row - tolerance, 0)...min(row + tolerance, height - 1) {
      for x in max(column - tolerance, 0)...min(column + tolerance, width - 1)
      where object[y * width + x] != 0 {
        return true
      }
    }
    return false
  }
}
