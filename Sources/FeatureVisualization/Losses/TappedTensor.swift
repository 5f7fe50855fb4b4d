/// A tensor that a loss looks at, with the gradient it adds to. Valid only during the call it is handed to.
public struct TappedTensor {
  /// `[N, H, W, C]` for feature maps and the picture, `[N, units]` for dense layers.
  public let shape: [Int]

  private let values: UnsafeBufferPointer<Float>
  private let gradient: UnsafeMutableBufferPointer<Float>

  /// A tensor over memory that outlives the call it is handed to.
  package init(
    shape: [Int], values: UnsafeBufferPointer<Float>,
    gradient: UnsafeMutableBufferPointer<Float>
  ) {
    self.shape = shape
    self.values = values
    self.gradient = gradient
  }

  /// The number of pictures.
  public var pictureCount: Int { shape.first ?? 1 }

  /// The elements of one picture's part.
  public var countPerPicture: Int { shape.dropFirst().reduce(1, *) }

  /// The number of units: channels of a feature map, else the extent of the last axis.
  public var unitCount: Int { shape.last ?? 1 }

  /// Calls `body` with one picture's elements, in row-major order, and the gradient to add to.
  public func withPicture<Result>(
    _ picture: Int, _ body: (_ values: Span<Float>, _ gradient: inout MutableSpan<Float>) -> Result
  ) -> Result {
    precondition(picture >= 0 && picture < pictureCount, "no picture \(picture)")
    let range = picture * countPerPicture..<(picture + 1) * countPerPicture
    let span = UnsafeBufferPointer(rebasing: values[range])
    // Where nothing differentiable reaches the tensor, what is added goes nowhere.
    guard !gradient.isEmpty else {
      var nowhere = [Float](repeating: 0, count: countPerPicture)
      return nowhere.withUnsafeMutableBufferPointer { buffer in
        var gradient = buffer.mutableSpan
        return body(span.span, &gradient)
      }
    }
    let part = UnsafeMutableBufferPointer(rebasing: gradient[range])
    var gradient = part.mutableSpan
    return body(span.span, &gradient)
  }

  /// The results of `body` for each picture in turn.
  public func mapPictures(
    _ body: (_ values: Span<Float>, _ gradient: inout MutableSpan<Float>) -> Float
  ) -> [Float] {
    (0..<pictureCount).map { withPicture($0, body) }
  }
}
