import Foundation
import Testing

/// Feeds a reader with inputs 0, 1, 2, …, each made from its number alone.
///
/// `FEATUREVIS_FUZZ_COUNT` says how many. A trap ends the process: the file `featurevis-fuzz-<format>.txt` in the
/// temporary directory then holds the number of the input, which is run again alone by
///
///     FEATUREVIS_FUZZ_FIRST=<number> FEATUREVIS_FUZZ_COUNT=1 swift test … --filter FuzzTests
struct Fuzzer {
  /// The format's name, from which its inputs follow.
  let format: String
  private(set) var accepted = 0
  private(set) var slowest = (input: 0, time: Duration.zero)

  private static let environment = ProcessInfo.processInfo.environment
  private static let requestedCount = environment["FEATUREVIS_FUZZ_COUNT"].flatMap { Int($0) }
  private static let first = environment["FEATUREVIS_FUZZ_FIRST"].flatMap { Int($0) } ?? 0

  init(_ format: String) { self.format = format }

  /// Runs `body`, which tells whether the reader took the input; a reader that is slow
  /// gets fewer inputs unless their number is asked for, and each of `files` its part of them.
  mutating func run(files: Int = 1, slowness: Int = 1, _ body: (inout FuzzRandom) throws -> Bool)
    throws
  {
    let note = FileManager.default.temporaryDirectory
      .appendingPathComponent("featurevis-fuzz-\(format).txt")
    let descriptor = open(note.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    let clock = ContinuousClock()
    let start = clock.now
    let count = max(1, (Self.requestedCount ?? 2_000 / slowness) / files)
    for input in Self.first..<(Self.first + count) {
      let line = Array("\(input)        \n".utf8)
      _ = pwrite(descriptor, line, line.count, 0)
      var random = FuzzRandom(format: format, input: input)
      let began = clock.now
      if try body(&random) { accepted += 1 }
      let time = clock.now - began
      if time > slowest.time { slowest = (input, time) }
    }
    report(count, clock.now - start)
  }

  private func report(_ count: Int, _ time: Duration) {
    #expect(slowest.time < .seconds(20), "input \(slowest.input) takes \(slowest.time)")
    guard Self.requestedCount != nil else { return }
    #if os(Linux)
      var usage = rusage()
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      let peak = Int(usage.ru_maxrss) / 1024
      #expect(peak < 1024, "the process took \(peak) MB")
    #else
      let peak = "?"
    #endif
    print(
      "FUZZED \(format): \(count) inputs in \(time), \(accepted) accepted, slowest \(slowest), "
        + "peak \(peak) MB")
  }
}
