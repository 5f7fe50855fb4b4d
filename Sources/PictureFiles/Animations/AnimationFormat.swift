/// A kind of file that holds an animation.
enum AnimationFormat: CaseIterable {
  /// 256 colours, the same for all frames.
  case gif
  /// All colours: a PNG with further frames, whose first one programs show that know nothing of animations.
  case apng

  private var extensions: [String] {
    switch self {
    case .gif: ["gif"]
    case .apng: ["png", "apng"]
    }
  }

  /// The endings of file names that can be written.
  static var allExtensions: [String] { allCases.flatMap(\.extensions) }

  /// The kind that a file's name asks for.
  init?(fileExtension: String) {
    let wanted = fileExtension.lowercased()
    guard let format = Self.allCases.first(where: { $0.extensions.contains(wanted) }) else {
      return nil
    }
    self = format
  }
}
