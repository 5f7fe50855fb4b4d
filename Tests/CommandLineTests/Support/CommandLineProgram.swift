import Foundation
import Testing

/// An executable of the package, run as a user runs it.
struct CommandLineProgram {
  let url: URL

  /// What a run left behind.
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  static let featurevis = CommandLineProgram("featurevis")

  /// The executable of this name, which the build puts beside the tests.
  init(_ name: String) {
    #if os(macOS)
      let tests = Bundle.allBundles.first { $0.bundleURL.pathExtension == "xctest" } ?? .main
      let folder = tests.bundleURL.deletingLastPathComponent()
    #else
      let folder = Bundle.main.bundleURL
    #endif
    url = folder.appending(path: name)
  }

  /// Runs the program with `folder` as its working directory.
  func run(_ arguments: [String], in folder: TemporaryFolder) throws -> Outcome {
    // Files rather than pipes: nobody has to read while the program runs.
    let streams = try TemporaryFolder()
    for name in ["output", "errors"] { try Data().write(to: streams.file(name)) }
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: streams.file("output"))
    process.standardError = try FileHandle(forWritingTo: streams.file("errors"))
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationReason == .exit, "\(arguments) ended by a signal")
    return Outcome(
      status: process.terminationStatus,
      output: String(decoding: try streams.bytes("output"), as: UTF8.self),
      errors: String(decoding: try streams.bytes("errors"), as: UTF8.self))
  }

  /// Runs a script of `sh` in which `$TOOL` is the program, for what only a shell does to streams, limits and signals.
  ///
  /// A program in it that a signal ends has a status over 128, as shells count.
  func script(_ lines: String, in folder: TemporaryFolder) throws -> Outcome {
    let shell = CommandLineProgram(url: URL(fileURLWithPath: "/bin/sh"))
    let tool = "TOOL='\(url.path)'; export LC_ALL=C\n"
    return try shell.run(["-c", tool + lines], in: folder)
  }

  private init(url: URL) { self.url = url }

  /// Runs the program, which must succeed.
  func succeed(_ arguments: [String], in folder: TemporaryFolder) throws -> Outcome {
    let outcome = try run(arguments, in: folder)
    try #require(outcome.status == 0, "\(arguments): \(outcome.errors)")
    return outcome
  }
}
