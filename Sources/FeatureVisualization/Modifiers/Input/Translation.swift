internal import CFVKernels

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

  /// - Precondition: pictures of `inputSize` and `outputSize`.
  public func apply(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
    precondition(input.count == inputSize.count && output.count == outputSize.count)
    let row = outputSize.width * outputSize.channels
    input.withUnsafeBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        guard let input = input.baseAddress, let output = output.baseAddress else { return }
        Stretch.forEach(of: outputSize.height, by: 32) { rows in
          for y in rows {
            var written = 0
            forEachStretch(y) { from, to, count in
              fill(output + y * row, written..<to)
              (output + y * row + to).update(from: input + from, count: count)
              written = to + count
            }
            fill(output + y * row, written..<row)
          }
        }
      }
    }
  }

  /// - Precondition: gradients of pictures of `outputSize` and `inputSize`.
  public func pullback(
    _ outputGradient: Span<Float>, at input: Span<Float>,
    addingTo inputGradient: inout MutableSpan<Float>
  ) {
    precondition(
      outputGradient.count == outputSize.count && inputGradient.count == inputSize.count)
    let row = outputSize.width * outputSize.channels
    outputGradient.withUnsafeBufferPointer { output in
      inputGradient.withUnsafeMutableBufferPointer { input in
        guard let input = input.baseAddress, let output = output.baseAddress else { return }
        // Where the picture repeats itself, several rows of the canvas are one of the picture.
        let isOnce = edge != .wrap || outputSize.height <= inputSize.height
        Stretch.forEach(of: outputSize.height, by: isOnce ? 32 : outputSize.height) { rows in
          for y in rows {
            forEachStretch(y) { from, to, count in
              cfv_copy(output + y * row + to, input + from, count, 1)
            }
          }
        }
      }
    }
  }

  /// The translation that this one and then `next` amount to, where that is one: `next` is a window on the canvas.
  func followed(by next: Translation) -> Translation? {
    guard next.isWindow(on: outputSize) else { return nil }
    return Translation(
      inputSize, to: next.outputSize, top: top + next.top, left: left + next.left, edge: edge)
  }

  /// Whether it cuts a window out of `canvas` and shows nothing else.
  func isWindow(on canvas: PictureSize) -> Bool {
    top <= 0 && left <= 0 && top + canvas.height >= outputSize.height
      && left + canvas.width >= outputSize.width
  }

  private func fill(_ row: UnsafeMutablePointer<Float>, _ range: Range<Int>) {
    if case .fill(let brightness) = edge {
      (row + range.lowerBound).update(repeating: brightness, count: range.count)
    }
  }

  /// Calls `body` with the number of the input, that of row `y` of the output and the count of every stretch copied.
  private func forEachStretch(_ y: Int, _ body: (_ from: Int, _ to: Int, _ count: Int) -> Void) {
    let (height, width, channels) = (inputSize.height, inputSize.width, inputSize.channels)
    var row = y - top
    if edge == .wrap {
      row = remainder(row, height)
    } else if row < 0 || row >= height {
      return
    }
    var x = edge == .wrap ? 0 : max(0, left)
    let end = edge == .wrap ? outputSize.width : min(outputSize.width, left + width)
    while x < end {
      let column = edge == .wrap ? remainder(x - left, width) : x - left
      let pixels = min(end - x, width - column)
      body((row * width + column) * channels, x * channels, pixels * channels)
      x += pixels
    }
  }

  private func remainder(_ number: Int, _ divisor: Int) -> Int {
    let rest = number % divisor
    return rest < 0 ? rest + divisor : rest
  }
}
