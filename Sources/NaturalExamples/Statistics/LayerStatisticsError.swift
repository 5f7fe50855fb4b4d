public import ConvolutionalNetworks
public import Foundation

/// What can be wrong with a file of layers' statistics.
public enum LayerStatisticsError: FileError, Equatable {
  /// The operating system does not let the file be read.
  case unreadable(file: String, reason: String)
  /// The file holds no statistics, or its numbers contradict one another.
  case damaged(file: String, reason: String)
  /// The statistics are those of another network, of other weights, or of one that pictures are fed to otherwise.
  case otherNetwork(file: String)
  /// The operating system does not let the file be written.
  case unwritable(file: String, reason: String)

  public var file: String {
    switch self {
    case .unreadable(let file, _), .damaged(let file, _), .otherNetwork(let file),
      .unwritable(let file, _):
      file
    }
  }

  public var place: String? { nil }

  public var reason: String {
    switch self {
    case .unreadable(_, let reason), .unwritable(_, let reason): reason
    case .damaged(_, let reason): "it holds no statistics of layers, or is damaged: \(reason)"
    case .otherNetwork:
      """
      it was measured of another network, of other weights, or of one that pictures are fed to otherwise: measure this one's, \
      'featurevis statistics'
      """
    }
  }

  public var description: String {
    switch self {
    case .unwritable: "cannot write statistics '\(file)': \(reason)"
    case .unreadable: "cannot read statistics '\(file)': \(reason)"
    case .damaged, .otherNetwork: "cannot use statistics '\(file)': \(reason)"
    }
  }
}

extension LayerStatisticsError: LocalizedError {
  public var errorDescription: String? { description }
}
