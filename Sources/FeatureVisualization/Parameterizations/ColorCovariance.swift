/// The covariance of the channels of many pictures, which are handed in one after another: a folder's need not be in memory
/// at once.
///
///     var covariance = ColorCovariance()
///     for file in files { try covariance.add(PictureFile.read(file)) }
///     let colors = try ColorDecorrelation(covariance: covariance.matrix)
public struct ColorCovariance: Sendable {
  /// The channels of the pictures, 0 before the first.
  public private(set) var channelCount = 0
  /// The pixels so far.
  public private(set) var pixelCount = 0
  private var sums: [Double] = []
  private var products: [Double] = []

  /// The covariance of no pictures yet.
  public init() {}

  /// Counts pictures in.
  ///
  /// - Parameter pictures: `[N, H, W, C]` or `[H, W, C]`, in any scale that is the same for all.
  /// - Throws: `VisualizationError.invalidArgument` for other shapes, other channels than those before, more than 4,096 of
  ///   them, and numbers that are not finite.
  /// - Complexity: O(pixels · C²).
  public mutating func add(_ pictures: Tensor) throws(VisualizationError) {
    guard pictures.rank == 3 || pictures.rank == 4, let channels = pictures.shape.last,
      (1...4096).contains(channels)
    else {
      throw .invalidArgument(
        "pictures", "shape \(pictures.shape) is neither [N, H, W, C] nor [H, W, C]")
    }
    guard channelCount == 0 || channels == channelCount else {
      throw .invalidArgument(
        "pictures", "\(channels) channels, and those before have \(channelCount)")
    }
    guard pictures.bounds != nil else {
      throw .invalidArgument("pictures", "a pixel is not finite")
    }
    if channelCount == 0 {
      channelCount = channels
      sums = Array(repeating: 0, count: channels)
      products = Array(repeating: 0, count: channels * channels)
    }
    pixelCount += pictures.count / channels
    pictures.withUnsafeBufferPointer { values in
      for first in stride(from: 0, to: values.count, by: channels) {
        for row in 0..<channels {
          let value = Double(values[first + row])
          sums[row] += value
          for column in 0...row {
            products[channels * row + column] += value * Double(values[first + column])
          }
        }
      }
    }
  }

  /// `mean(x·xᵀ) − mean(x)·mean(x)ᵀ` of all pixels, C² numbers; none without pixels.
  public var matrix: [Float] {
    let count = Double(max(pixelCount, 1))
    return products.indices.map { index in
      let (a, b) = (index / channelCount, index % channelCount)
      let product = products[channelCount * max(a, b) + min(a, b)] / count
      return Float(product - sums[a] * sums[b] / (count * count))
    }
  }
}
