import Testing

@Suite("featurevis --help") struct HelpTests {
  /// Protects help: it is asked for, so it goes to standard output; manual pages are made of it, which have no characters
  /// beyond ASCII.
  @Test(arguments: [
    "", "visualize", "weights", "judge", "explain", "examples", "statistics", "groups", "atlas",
    "inspect",
    "predict", "run",
    "benchmark", "convert",
    "architectures",
  ])
  func help(subcommand: String) throws {
    let arguments = subcommand.isEmpty ? ["--help"] : [subcommand, "--help"]
    let outcome = try CommandLineProgram.featurevis.succeed(arguments, in: TemporaryFolder())
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.contains("USAGE: featurevis \(subcommand)"))
    #expect(outcome.output.utf8.allSatisfy { $0 < 128 })
  }
}
