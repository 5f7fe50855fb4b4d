import ArgumentParser

/// How a command tells how far it is.
struct ProgressOptions: ParsableArguments {
  /// The heading in help.
  static let title = "Progress"

  @Flag(help: "Leave out how far it is and how it goes about it; warnings and what is made stay.")
  var quiet = false

  @Flag(
    help: """
      Print lines of JSON to standard output instead of text: one for each thing that is done, and one at the end where there are \
      totals.
      """)
  var jsonLines = false

  /// Prints a note to standard error unless it is to be quiet.
  func note(_ text: String) {
    if !quiet { StandardStreams.printError("note: \(text)") }
  }

  /// Prints a line of JSON if there are to be some.
  func printLine(_ line: some Encodable) {
    guard jsonLines, let text = try? JSONOutput.line(line) else { return }
    StandardStreams.printLine(text)
  }

  /// Says which file or folder was made.
  ///
  /// - Parameter details: what people read behind its name.
  func tellMade(_ path: String, _ details: String = "") {
    guard jsonLines else { return StandardStreams.printLine(path + details) }
    printLine(["event": "made", "file": path])
  }

  /// - Throws: `ValidationError` where one JSON document is asked for, too.
  func validate(besides json: Bool) throws {
    if json, jsonLines { throw ValidationError("--json and --json-lines exclude each other") }
  }
}
