/// Where the pictures of a batch lie in a value.
package struct PictureAxis: Sendable, Equatable {
  /// The logical axis along which they follow one another.
  package let axis: Int
  /// The entries of that axis that belong to one picture: more than 1 where, say, the windows of all pictures are
  /// counted together.
  package let extent: Int

  /// One entry of the first axis each.
  package static let first = PictureAxis(axis: 0, extent: 1)
}
