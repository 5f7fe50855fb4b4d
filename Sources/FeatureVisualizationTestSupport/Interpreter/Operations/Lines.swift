import ConvolutionalNetworks

extension DoubleTensor {
  /// The offsets of the elements of each line along an axis.
  func lines(along axis: Int) throws(ShapeError) -> [[Int]] {
    let axis = try normalizedAxis(axis, rank: rank)
    let inner = shape[(axis + 1)...].reduce(1, *)
    return (0..<shape[..<axis].reduce(1, *)).flatMap { outer in
      (0..<inner).map { offset in
        (0..<shape[axis]).map { (outer * shape[axis] + $0) * inner + offset }
      }
    }
  }
}
