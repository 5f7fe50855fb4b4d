import ArgumentParser

/// How a command tells how far it is.
struct ProgressOptions: ParsableArguments {
  /// The heading in help.
  static let title = "Progress"

  @Flag(help: "Tell nothing but errors and what was made.")
  var quiet = false

  @Flag(help: "Print a line of JSON to standard output for each unit, and one at the end.")
  var jsonLines = false
}
