/// The files that a command reads and writes, by the options that name them: no output may replace another or an input.
struct OutputPlan {
  private var owners: [FilePlace.Key: (option: String, path: String)] = [:]

  /// The files that every command reads: the network's, the one beside it, and those that inputs hold.
  init(reading file: NetworkFile, _ inputs: InputOptions? = nil) {
    for path in file.filesRead { reads(path, "the network's file") }
    for path in inputs?.hold.compactMap(\.path) ?? [] { reads(path, "--hold") }
  }

  /// No files yet.
  init() {}

  /// Notes a file that is read.
  mutating func reads(_ path: String?, _ option: String) {
    if let path { note(FilePlace(path), path, option) }
  }

  private mutating func note(_ place: FilePlace, _ path: String, _ option: String) {
    for key in place.keys where owners[key] == nil { owners[key] = (option, path) }
  }

  /// Notes a file that is written.
  ///
  /// - Throws: `ToolError` where that would replace a file noted before.
  mutating func writes(_ file: OutputFile?, _ option: String) throws {
    guard let file else { return }
    let place = FilePlace(file.path)
    if let other = place.keys.compactMap({ owners[$0] }).first {
      throw ToolError(
        """
        \(option) '\(file.path)' would overwrite \(other.option) '\(other.path)': they are one file; \
        give them different names
        """)
    }
    note(place, file.path, option)
  }
}
