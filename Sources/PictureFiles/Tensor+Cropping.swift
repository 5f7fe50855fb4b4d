public import ConvolutionalNetworks

extension Tensor {
  /// The middle `height` × `width` pixels; of an odd remainder the larger part is cut at bottom and right.
  ///
  /// - Precondition: the tensor is `[H, W, C]` or `[N, H, W, C]`, `height` in 1…H, `width` in 1…W.
  /// - Returns: `[height, width, C]` or `[N, height, width, C]`.
  public func centerCropped(height: Int, width: Int) -> Tensor {
    precondition(rank == 3 || rank == 4, "cannot crop \(shape)")
    let (h, w) = (shape[rank - 3], shape[rank - 2])
    precondition(
      (1...h).contains(height) && (1...w).contains(width),
      "cannot crop \(height) × \(width) out of \(shape)")
    let (top, left) = ((h - height) / 2, (w - width) / 2)
    return cropped(to: MapRegion(rows: top..<top + height, columns: left..<left + width))
  }

  /// The pixels of a rectangle.
  ///
  /// - Precondition: the tensor is `[H, W, C]` or `[N, H, W, C]`, and the rectangle lies within it.
  /// - Returns: the pixels, with H and W those of the rectangle.
  public func cropped(to region: MapRegion) -> Tensor {
    precondition(rank == 3 || rank == 4, "cannot crop \(shape)")
    let (h, w, c) = (shape[rank - 3], shape[rank - 2], shape[rank - 1])
    let (rows, columns) = (region.rows, region.columns)
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= h && columns.lowerBound >= 0
        && columns.upperBound <= w, "cannot crop \(region) out of \(shape)")
    guard rows.count != h || columns.count != w else { return self }
    let count = rank == 4 ? shape[0] : 1
    return Tensor(shape: shape.dropLast(3) + [rows.count, columns.count, c]) { target in
      withUnsafeBufferPointer { source in
        for n in 0..<count {
          for (y, row) in rows.enumerated() {
            let from = ((n * h + row) * w + columns.lowerBound) * c
            let to = (n * rows.count + y) * columns.count * c
            for k in 0..<columns.count * c { target[to + k] = source[from + k] }
          }
        }
      }
    }
  }
}
