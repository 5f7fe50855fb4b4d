/// The parts of a value that belong to one picture each.
struct PictureBlocks: Sendable {
  let pictures: Int
  /// The stretches of which a picture consists, and the elements of each.
  private let stretches: Int
  private let stretch: Int

  /// - Parameter axis: along which pictures follow one another in memory.
  /// - Parameter extent: the entries of that axis that a picture has.
  init(shape: [Int], axis: Int, extent: Int) {
    guard shape.indices.contains(axis), shape[axis] > 0, shape[axis] % extent == 0 else {
      (pictures, stretches, stretch) = (1, 1, shape.reduce(1, *))
      return
    }
    pictures = shape[axis] / extent
    stretches = shape[..<axis].reduce(1, *)
    stretch = shape[(axis + 1)...].reduce(extent, *)
  }

  /// The elements of a picture.
  var pictureCount: Int { stretches * stretch }

  /// Whether pictures lie in one piece each.
  var isContiguous: Bool { stretches == 1 }

  /// Copies a picture's elements together.
  func gather(
    _ picture: Int, of values: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>
  ) {
    for index in 0..<stretches {
      (target + index * stretch).update(
        from: values + (index * pictures + picture) * stretch, count: stretch)
    }
  }

  /// Copies a picture's elements back to where they lie.
  func scatter(
    _ source: UnsafePointer<Float>, to picture: Int, of values: UnsafeMutablePointer<Float>
  ) {
    for index in 0..<stretches {
      (values + (index * pictures + picture) * stretch).update(
        from: source + index * stretch, count: stretch)
    }
  }
}
