import ConvolutionalNetworks
import Foundation
import PictureFiles

/// Pictures to write and read again.
enum SamplePicture {
  /// Smooth colours `[1, height, width, channels]` on the 256 levels a file can hold.
  static func gradient(height: Int, width: Int, channels: Int = 3) -> Tensor {
    Tensor(shape: [1, height, width, channels]) { elements in
      for i in elements.indices {
        let (c, x, y) = (i % channels, i / channels % width, i / channels / width)
        let level = [255 * x / width, 255 * y / height, 255 * (x + y) / (width + height)][c]
        elements[i] = Float(level) / 255
      }
    }
  }

  /// The bytes of a file with the gradient.
  static func bytes(height: Int, width: Int, fileExtension: String) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let url = folder.file("sample.\(fileExtension)")
    try PictureFile(url).write(gradient(height: height, width: width))
    return [UInt8](try Data(contentsOf: url))
  }
}

extension Tensor {
  /// max |self − other|, infinite between different shapes.
  func largestDifference(from other: Tensor) -> Float {
    guard shape == other.shape else { return .infinity }
    return zip(elements, other.elements).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }
}
