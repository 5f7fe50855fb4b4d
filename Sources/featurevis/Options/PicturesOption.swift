import ArgumentParser

/// What `--pictures` of a recipe says: how many pictures are drawn at once, or a folder of natural ones.
enum PicturesOption: ExpressibleByArgument {
  /// So many pictures of an objective.
  case count(Int)
  /// A folder; one whose name is a number is written `./4`.
  case folder(String)

  init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    self = Int(argument).map(Self.count) ?? .folder(argument)
  }

  var count: Int? { if case .count(let count) = self { count } else { nil } }
  var folder: String? { if case .folder(let path) = self { path } else { nil } }
}
