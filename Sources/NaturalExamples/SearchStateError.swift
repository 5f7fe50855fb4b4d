public import ConvolutionalNetworks
public import Foundation

/// What can be wrong with the file of a search's state.
public enum SearchStateError: FileError, Equatable {
  /// The operating system does not let the file be read.
  case unreadable(file: String, reason: String)
  /// The file is no state, or its numbers contradict one another.
  case damaged(file: String, reason: String)
  /// The state is that of another network, layer, choice of units, size or number of examples.
  case other(file: String, what: String, saved: String, own: String)
  /// The stream began with other pictures, or in another order.
  case otherPictures(file: String, seen: Int)
  /// The operating system does not let the file be written.
  case unwritable(file: String, reason: String)

  public var file: String {
    switch self {
    case .unreadable(let file, _), .damaged(let file, _), .other(let file, _, _, _),
      .otherPictures(let file, _), .unwritable(let file, _):
      file
    }
  }

  public var place: String? { nil }

  public var reason: String {
    switch self {
    case .unreadable(_, let reason), .unwritable(_, let reason): reason
    case .damaged(_, let reason): "it is no state of a search, or damaged: \(reason)"
    case .other(_, let what, let saved, let own):
      "it is of another \(what), \(saved) and not \(own): go on with the same, or name another file"
    case .otherPictures(_, let seen):
      "the first \(seen) pictures are not those that it has seen: restore them, or begin with another file"
    }
  }

  public var description: String {
    switch self {
    case .unwritable: "cannot write state '\(file)': \(reason)"
    case .unreadable: "cannot read state '\(file)': \(reason)"
    case .damaged, .other, .otherPictures: "cannot go on with '\(file)': \(reason)"
    }
  }
}

extension SearchStateError: LocalizedError {
  public var errorDescription: String? { description }
}
