public import FeatureVisualization

extension Tensor {
  /// Square parts of pictures, in rows from the top left of each picture on.
  ///
  ///     let patches = photo.patches(side: 64, step: 51).resized(height: 224, width: 224)
  ///
  /// What is left at the right and the bottom, where no whole part fits, is not in any.
  ///
  /// - Parameters:
  ///   - side: the rows, and columns, of a part: at most those of the picture.
  ///   - step: from the left edge of one to that of the next, and from top to top; four fifths of the side unless given.
  /// - Returns: `[patches, side, side, C]`.
  /// - Throws: `VisualizationError.invalidArgument` for what are no pictures, or no larger than a part.
  public func patches(side: Int, step: Int? = nil) throws(VisualizationError) -> Tensor {
    let step = step ?? Swift.max(1, side * 4 / 5)
    guard rank == 4, side > 0, step > 0, shape[0] > 0, shape[1] >= side, shape[2] >= side else {
      throw .invalidArgument(
        "side", "parts of \(side)×\(side) every \(step) pixels of pictures \(shape)")
    }
    let (height, width, channels) = (shape[1], shape[2], shape[3])
    let tops = Array(stride(from: 0, through: height - side, by: step))
    let lefts = Array(stride(from: 0, through: width - side, by: step))
    let count = shape[0] * tops.count * lefts.count
    return Tensor(shape: [count, side, side, channels]) { target in
      withUnsafeBufferPointer { source in
        var to = 0
        for picture in 0..<shape[0] {
          for top in tops {
            for left in lefts {
              for row in 0..<side {
                let from = ((picture * height + top + row) * width + left) * channels
                for offset in 0..<side * channels { target[to + offset] = source[from + offset] }
                to += side * channels
              }
            }
          }
        }
      }
    }
  }
}
