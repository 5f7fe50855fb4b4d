public import ConvolutionalNetworks

extension Tensor {
  /// The middle `height` × `width` pixels; of an odd remainder the larger part is cut at bottom and right.
  ///
  /// - Precondition: the tensor is `[H, W, C]` or `[N, H, W, C]`, `height` in 1…H, `width` in 1…W.
  /// - Returns: `[height, width, C]` or `[N, height, width, C]`.
  public func centerCropped(height: Int, width: Int) -> Tensor {
    precondition(rank == 3 || rank == 4, "cannot crop \(shape)")
    let (h, w, c) = (shape[rank - 3], shape[rank - 2], shape[rank - 1])
    precondition(
      (1...h).contains(height) && (1...w).contains(width),
      "cannot crop \(height) × \(width) out of \(shape)")
    guard height != h || width != w else { return self }
    let (top, left) = ((h - height) / 2, (w - width) / 2)
    let count = rank == 4 ? shape[0] : 1
    return Tensor(shape: shape.dropLast(3) + [height, width, c]) { target in
      withUnsafeBufferPointer { source in
        for n in 0..<count {
          for y in 0..<height {
            let from = ((n * h + top + y) * w + left) * c
            let to = (n * height + y) * width * c
            for k in 0..<width * c { target[to + k] = source[from + k] }
          }
        }
      }
    }
  }
}
