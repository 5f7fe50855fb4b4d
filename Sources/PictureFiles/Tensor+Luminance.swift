package import ConvolutionalNetworks

extension Tensor {
  /// Pictures `[N, H, W, 1]` as grey ones see them, 0.299 R + 0.587 G + 0.114 B; those of one channel as they are.
  package var luminance: Tensor {
    guard shape[3] == 3 else { return self }
    let pixels = span
    return Tensor(shape: shape.dropLast() + [1]) { target in
      for index in target.indices {
        let (red, green, blue) = (pixels[3 * index], pixels[3 * index + 1], pixels[3 * index + 2])
        target[index] = 0.299 * red + 0.587 * green + 0.114 * blue
      }
    }
  }
}
