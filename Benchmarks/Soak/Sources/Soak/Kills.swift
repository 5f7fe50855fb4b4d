import FeatureVisualization
import Foundation

/// The tool killed at 20 moments of a run that replaces pictures: each file is absent, the old one or the new one.
struct Kills {
  let tool: URL
  let folder: URL

  private static let kills = 20

  func run(_ report: inout Report) throws {
    let old = try contents(of: finished("old", seed: 1).folder)
    let (newFolder, seconds) = try finished("new", seed: 2)
    let new = try contents(of: newFolder)
    var random = SeededGenerator(seed: 3)
    var (torn, leftovers, replaced, killed) = (0, 0, 0, 0)
    for kill in 0..<Self.kills {
      let place = try emptyFolder("killed")
      // Half of them find files there, half do not.
      if kill % 2 == 0 {
        for (name, bytes) in old { try bytes.write(to: place.appending(path: name)) }
      }
      let moment = (Double(kill) + Double.random(in: 0..<1, using: &random)) / Double(Self.kills)
      if try start(place, seed: 2, killedAfter: moment * seconds) { killed += 1 }
      for (name, bytes) in try contents(of: place) {
        if name.hasPrefix(".") {
          leftovers += 1
        } else if bytes == new[name] {
          replaced += 1
        } else if bytes != old[name] {
          torn += 1
        }
      }
    }
    report.add(
      "featurevis visualize ended by SIGKILL at random moments",
      "\(killed) of \(Self.kills), \(replaced) files written until then")
    report.add(
      "files that are neither absent, old nor complete", "\(torn)", promised: "none",
      kept: torn == 0)
    report.add(
      "temporary files left behind (`.name.UUID`)", "\(leftovers)", promised: "one a kill at most",
      kept: leftovers <= killed)
  }

  /// A run that nobody disturbs, and how long it takes.
  private func finished(_ name: String, seed: Int) throws -> (folder: URL, seconds: Double) {
    let place = try emptyFolder(name)
    let begun = ContinuousClock.now
    _ = try start(place, seed: seed, killedAfter: nil)
    return (place, (ContinuousClock.now - begun) / .seconds(1))
  }

  /// Runs the tool, which draws all of PictureNet's classes in one step: most of the time it writes.
  ///
  /// - Returns: whether it was killed before it ended.
  private func start(_ place: URL, seed: Int, killedAfter seconds: Double?) throws -> Bool {
    let process = Process()
    process.executableURL = tool
    process.arguments = [
      "visualize", "--units", "all", "--steps", "1", "--size", "192", "--seed", "\(seed)",
      "--output", place.path,
      "--sheet", place.appending(path: "sheet.png").path,
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    if let seconds {
      Thread.sleep(forTimeInterval: seconds)
      kill(process.processIdentifier, SIGKILL)
    }
    process.waitUntilExit()
    let wasKilled = process.terminationReason == .uncaughtSignal
    guard wasKilled || process.terminationStatus == 0 else {
      throw CocoaError(.executableLoad)
    }
    return wasKilled
  }

  private func emptyFolder(_ name: String) throws -> URL {
    let place = folder.appending(path: name, directoryHint: .isDirectory)
    try? FileManager.default.removeItem(at: place)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    return place
  }

  private func contents(of place: URL) throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: place.path)
    return Dictionary(
      uniqueKeysWithValues: try names.map { ($0, try Data(contentsOf: place.appending(path: $0))) })
  }
}
