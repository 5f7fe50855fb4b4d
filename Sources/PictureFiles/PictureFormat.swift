/// A kind of picture file.
enum PictureFormat: CaseIterable {
  case png
  case jpeg

  /// The endings of file names that ask for this kind.
  private var extensions: [String] {
    switch self {
    case .png: ["png"]
    case .jpeg: ["jpg", "jpeg"]
    }
  }

  /// The bytes that every file of this kind begins with.
  private var signature: [UInt8] {
    switch self {
    case .png: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    case .jpeg: [0xFF, 0xD8, 0xFF]
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

  /// The kind that a file's first bytes say, whatever its name.
  init?(beginning bytes: [UInt8]) {
    guard let format = Self.allCases.first(where: { bytes.starts(with: $0.signature) }) else {
      return nil
    }
    self = format
  }
}
