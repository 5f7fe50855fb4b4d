public import ConvolutionalNetworks

extension Tensor {
  /// Pictures of `height` × `width`, the sides resampled independently.
  ///
  /// Bilinear with antialiasing: out[i] = Σ wᵢⱼ in[j] along each side, with wᵢⱼ ∝ max(0, 1 − |j − cᵢ| / s),
  /// cᵢ = (i + ½) · in/out − ½ and s = max(1, in/out), so that every input pixel counts when shrinking.
  ///
  /// - Precondition: the tensor is `[H, W, C]` or `[N, H, W, C]` with H, W, `height` and `width` above 0.
  /// - Returns: `[height, width, C]` or `[N, height, width, C]`.
  public func resized(height: Int, width: Int) -> Tensor {
    precondition(isPictures && height > 0 && width > 0, "cannot resize \(shape)")
    return resampled(axis: rank - 3, to: height).resampled(axis: rank - 2, to: width)
  }

  /// Pictures of `height` × `width`: the largest centred part of that aspect ratio, resized.
  ///
  /// - Precondition: as for `resized(height:width:)`.
  public func resizedToFill(height: Int, width: Int) -> Tensor {
    precondition(isPictures && height > 0 && width > 0, "cannot resize \(shape)")
    let (h, w) = (shape[rank - 3], shape[rank - 2])
    // The side that is too long is cut to the other's length times the ratio, rounded to the nearest.
    let cropHeight = min(h, max(1, (2 * w * height + width) / (2 * width)))
    let cropWidth = min(w, max(1, (2 * h * width + height) / (2 * height)))
    return centerCropped(height: cropHeight, width: cropWidth)
      .resized(height: height, width: width)
  }

  /// Whether this is `[H, W, C]` or `[N, H, W, C]` with pixels.
  private var isPictures: Bool {
    (rank == 3 || rank == 4) && shape[rank - 3] > 0 && shape[rank - 2] > 0
  }

  private func resampled(axis: Int, to extent: Int) -> Tensor {
    guard extent != shape[axis] else { return self }
    let filter = TriangleFilter(from: shape[axis], to: extent)
    let outer = shape[..<axis].reduce(1, *)
    let inner = shape[(axis + 1)...].reduce(1, *)
    var newShape = shape
    newShape[axis] = extent
    var result = Tensor(shape: newShape)
    withUnsafeBufferPointer { source in
      result.withUnsafeMutableBufferPointer { target in
        for block in 0..<outer {
          for (i, taps) in filter.taps.enumerated() {
            let row = (block * extent + i) * inner
            for (offset, weight) in taps.weights.enumerated() {
              let from = (block * filter.input + taps.first + offset) * inner
              for k in 0..<inner { target[row + k] += weight * source[from + k] }
            }
          }
        }
      }
    }
    return result
  }
}

/// How each cell of a resampled side is mixed from the cells of the old one.
struct TriangleFilter {
  /// The weights of neighbouring cells, the first at `first`; they add up to 1.
  struct Taps {
    let first: Int
    let weights: [Float]
  }

  let input: Int
  let taps: [Taps]

  init(from input: Int, to output: Int) {
    self.input = input
    let ratio = Double(input) / Double(output)
    let support = max(1, ratio)
    taps = (0..<output).map { i in
      let center = (Double(i) + 0.5) * ratio - 0.5
      let first = max(0, Int((center - support).rounded(.up)))
      let last = min(input - 1, Int((center + support).rounded(.down)))
      let weights = (first...last).map { max(0, 1 - abs(Double($0) - center) / support) }
      let sum = weights.reduce(0, +)
      return Taps(first: first, weights: weights.map { Float($0 / sum) })
    }
  }
}
