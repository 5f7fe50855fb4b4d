public import ConvolutionalNetworks
public import Foundation

/// What can be wrong with a picture file, or with a picture to be written.
public enum PictureFileError: FileError, Equatable {
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
  /// The name does not say which kind of animation to write.
  case unsupportedAnimationExtension(file: String)
  /// The name does not say how to write a chart.
  case unsupportedChartExtension(file: String)
  /// An animation without a frame.
  case noFrames(file: String)
  /// The tensor is no single picture of one or three channels.
  case unsupportedShape(file: String, shape: [Int])
  /// The opacity is not one number for each pixel, or the file is a JPEG, which has none.
  case unsupportedOpacity(file: String, shape: [Int])
  /// An element of the tensor is NaN.
  case notANumber(file: String, row: Int, column: Int, channel: Int)
  /// The picture cannot be encoded, or the operating system does not let the file be written.
  case unwritable(file: String, reason: String)
}

extension PictureFileError {
  public var file: String {
    switch self {
    case .unreadable(let file, _), .notAPicture(let file), .damaged(let file, _),
      .tooLarge(let file, _, _), .exceedsLimits(let file, _), .unsupportedExtension(let file),
      .unsupportedAnimationExtension(let file), .unsupportedChartExtension(let file),
      .noFrames(let file),
      .unsupportedShape(let file, _), .unsupportedOpacity(let file, _),
      .notANumber(let file, _, _, _), .unwritable(let file, _):
      file
    }
  }

  /// The element at fault.
  public var place: String? {
    guard case .notANumber(_, let row, let column, let channel) = self else { return nil }
    return "row \(row), column \(column), channel \(channel)"
  }

  public var reason: String {
    switch self {
    case .unreadable(_, let reason), .exceedsLimits(_, let reason), .unwritable(_, let reason):
      reason
    case .damaged(_, let reason): "truncated or damaged: \(reason)"
    case .notAPicture: "it is not a PNG or JPEG picture"
    case .tooLarge(_, let height, let width):
      "\(height) × \(width) pixels; at most \(PictureFile.maximumPixelCount) are read or written"
    case .unsupportedExtension:
      "its name must end in "
        + PictureFormat.allExtensions.map { ".\($0)" }.joined(separator: ", ")
    case .unsupportedAnimationExtension:
      "the name of an animation must end in "
        + AnimationFormat.allExtensions.map { ".\($0)" }.joined(separator: ", ")
    case .unsupportedChartExtension:
      "the name of a chart must end in "
        + ChartFile.extensions.map { ".\($0)" }.joined(separator: ", ")
    case .noFrames: "an animation has at least one frame"
    case .unsupportedShape(_, let shape):
      "a picture is [H, W, C] or [1, H, W, C] with 1 or 3 channels, not \(shape)"
        + (shape.last.map { $0 > 1 && $0 != 3 } == true
          ? "; choose some, Visualization.picture(_:showing:), or show each, ContactSheet(channelsOf:named:)"
          : "")
    case .unsupportedOpacity(_, let shape):
      "an opacity of shape \(shape); it is [H, W, 1] for each pixel, and in PNG files alone"
    case .notANumber: "NaN"
    }
  }

  public var description: String {
    switch self {
    case .unreadable: "cannot read picture '\(file)': \(reason)"
    case .notAPicture: "'\(file)' is not a PNG or JPEG picture"
    case .damaged: "picture '\(file)' is \(reason)"
    case .tooLarge: "picture '\(file)' has \(reason)"
    case .exceedsLimits: "picture '\(file)' is too costly: \(reason)"
    case .unsupportedAnimationExtension, .noFrames:
      "cannot write animation '\(file)': \(reason)"
    case .unsupportedChartExtension: "cannot write chart '\(file)': \(reason)"
    case .unsupportedExtension, .unsupportedShape, .unsupportedOpacity, .unwritable:
      "cannot write picture '\(file)': \(reason)"
    case .notANumber: "cannot write picture '\(file)': NaN in \(place ?? "")"
    }
  }
}

extension PictureFileError: LocalizedError {
  public var errorDescription: String? { description }
}
