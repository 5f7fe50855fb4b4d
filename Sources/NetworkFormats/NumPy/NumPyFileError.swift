public import ConvolutionalNetworks
public import Foundation

/// What can be wrong with a NumPy file.
public enum NumPyFileError: FileError, Equatable {
  /// The operating system does not let the file be read.
  case unreadable(file: String, reason: String)
  /// The file does not begin as `.npy` files do.
  case notANumPyFile(file: String)
  /// The header says something that no array of numbers has, or the elements do not fit it.
  case damaged(file: String, reason: String)
  /// The array is of another kind than those read.
  case unsupported(file: String, reason: String)
  /// Reading the array would take more than `ReadingLimits` allow, or than the machine has.
  case exceedsLimits(file: String, reason: String)
  /// The operating system does not let the file be written.
  case unwritable(file: String, reason: String)
}

extension NumPyFileError {
  public var file: String {
    switch self {
    case .unreadable(let file, _), .notANumPyFile(let file), .damaged(let file, _),
      .unsupported(let file, _), .exceedsLimits(let file, _), .unwritable(let file, _):
      file
    }
  }

  public var reason: String {
    switch self {
    case .notANumPyFile: "it is not a NumPy .npy file, as numpy.save writes them"
    case .damaged(_, let reason): "truncated or damaged: \(reason)"
    case .unreadable(_, let reason), .unsupported(_, let reason), .exceedsLimits(_, let reason),
      .unwritable(_, let reason):
      reason
    }
  }

  public var description: String {
    switch self {
    case .unreadable(let file, let reason):
      "cannot read array '\(file)': \(reason)"
    case .notANumPyFile(let file):
      "'\(file)' is not a NumPy .npy file, as numpy.save writes them"
    case .damaged(let file, let reason):
      "array '\(file)' is truncated or damaged: \(reason)"
    case .unsupported(let file, let reason):
      "array '\(file)' cannot be read: \(reason)"
    case .exceedsLimits(let file, let reason):
      "array '\(file)' is too large: \(reason)"
    case .unwritable(let file, let reason):
      "cannot write array '\(file)': \(reason)"
    }
  }
}

extension NumPyFileError: LocalizedError {
  public var errorDescription: String? { description }
}
