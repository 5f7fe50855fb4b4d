/// Moves a picture by whole pixels onto a canvas: padding, cropping and shifting are all this.
public struct Translation: PictureTransformation {
  /// What lies beyond the picture's edge.
  public enum Edge: Sendable, Equatable {
    /// A grey of this brightness, 0…1.
    case fill(Float)
    /// The picture again, from the opposite side.
    case wrap
  }

  /// The size moved.
  public let inputSize: PictureSize
  /// The size of the canvas.
  public let outputSize: PictureSize
  /// The row of the canvas on which the picture's first row lies.
  public let top: Int
  /// The column of the canvas on which the picture's first column lies.
  public let left: Int
  /// What lies beyond the picture's edge.
  public let edge: Edge

  public init(
    _ inputSize: PictureSize, to outputSize: PictureSize, top: Int, left: Int,
    edge: Edge = .fill(0.5)
  ) {
    self.inputSize = inputSize
    self.outputSize = outputSize
    self.top = top
    self.left = left
    self.edge = edge
  }

  /// Crops or pads a picture round its centre.
  public static func centered(_ inputSize: PictureSize, height: Int, width: Int) -> Translation {
    // Division rounded down either way, so that a picture cropped after padding is in place again.
    func offset(_ canvas: Int, _ extent: Int) -> Int {
      canvas >= extent ? (canvas - extent) / 2 : -((extent - canvas) / 2)
    }
    return Translation(
      inputSize, to: PictureSize(height: height, width: width, channels: inputSize.channels),
      top: offset(height, inputSize.height), left: offset(width, inputSize.width))
  }

  public func apply(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
    let channels = inputSize.channels
    if case .fill(let brightness) = edge {
      for i in output.indices { output[i] = brightness }
    }
    forEachStretch { from, to, pixels in
      for i in 0..<(pixels * channels) {
        output[to * channels + i] = input[from * channels + i]
      }
    }
  }

  public func pullback(
    _ outputGradient: Span<Float>, addingTo inputGradient: inout MutableSpan<Float>
  ) {
    let channels = inputSize.channels
    forEachStretch { from, to, pixels in
      for i in 0..<(pixels * channels) {
        inputGradient[from * channels + i] += outputGradient[to * channels + i]
      }
    }
  }

  /// Calls `body` with the pixel of the input, the pixel of the output and the length of every stretch copied.
  private func forEachStretch(_ body: (_ from: Int, _ to: Int, _ pixels: Int) -> Void) {
    let (height, width) = (inputSize.height, inputSize.width)
    for y in 0..<outputSize.height {
      var row = y - top
      if edge == .wrap {
        row = remainder(row, height)
      } else if row < 0 || row >= height {
        continue
      }
      let target = y * outputSize.width
      var x = edge == .wrap ? 0 : max(0, left)
      let end = edge == .wrap ? outputSize.width : min(outputSize.width, left + width)
      while x < end {
        let column = edge == .wrap ? remainder(x - left, width) : x - left
        let pixels = min(end - x, width - column)
        body(row * width + column, target + x, pixels)
        x += pixels
      }
    }
  }

  private func remainder(_ number: Int, _ divisor: Int) -> Int {
    let rest = number % divisor
    return rest < 0 ? rest + divisor : rest
  }
}
