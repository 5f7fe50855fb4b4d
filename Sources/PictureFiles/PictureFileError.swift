/// What can be wrong with a picture file, or with a picture to be written.
public enum PictureFileError: Error, Equatable, Sendable {
  /// The operating system does not let the file be read.
  case unreadable(file: String, reason: String)
  /// The file begins as neither PNG nor JPEG do.
  case notAPicture(file: String)
  /// The file begins as a picture does, but is cut short or damaged.
  case damaged(file: String, reason: String)
  /// The picture has more pixels than `PictureFile.maximumPixelCount`.
  case tooLarge(file: String, height: Int, width: Int)
  /// Reading the picture would take more memory or time than `ReadingLimits` allow, or than the machine has.
  case exceedsLimits(file: String, reason: String)
  /// The name does not say which kind of picture to write.
  case unsupportedExtension(file: String)
  /// The tensor is no single picture of one or three channels.
  case unsupportedShape(file: String, shape: [Int])
  /// The opacity is not one number for each pixel, or the file is a JPEG, which has none.
  case unsupportedOpacity(file: String, shape: [Int])
  /// An element of the tensor is NaN.
  case notANumber(file: String, row: Int, column: Int, channel: Int)
  /// The picture cannot be encoded, or the operating system does not let the file be written.
  case unwritable(file: String, reason: String)
}

extension PictureFileError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreadable(let file, let reason):
      "cannot read picture '\(file)': \(reason)"
    case .notAPicture(let file):
      "'\(file)' is not a PNG or JPEG picture"
    case .damaged(let file, let reason):
      "picture '\(file)' is truncated or damaged: \(reason)"
    case .tooLarge(let file, let height, let width):
      "picture '\(file)' has \(height) × \(width) pixels; "
        + "at most \(PictureFile.maximumPixelCount) are read or written"
    case .exceedsLimits(let file, let reason):
      "picture '\(file)' is too costly: \(reason)"
    case .unsupportedExtension(let file):
      "cannot write picture '\(file)': its name must end in "
        + PictureFormat.allExtensions.map { ".\($0)" }.joined(separator: ", ")
    case .unsupportedShape(let file, let shape):
      "cannot write picture '\(file)': a picture is [H, W, C] or [1, H, W, C] with 1 or 3 channels, "
        + "not \(shape)"
        + (shape.last.map { $0 > 1 && $0 != 3 } == true
          ? "; choose some, Visualization.picture(_:showing:), or show each, ContactSheet(channelsOf:named:)"
          : "")
    case .unsupportedOpacity(let file, let shape):
      "cannot write picture '\(file)': an opacity of shape \(shape); it is [H, W, 1] for each pixel, and in PNG files alone"
    case .notANumber(let file, let row, let column, let channel):
      "cannot write picture '\(file)': NaN in row \(row), column \(column), channel \(channel)"
    case .unwritable(let file, let reason):
      "cannot write picture '\(file)': \(reason)"
    }
  }
}
