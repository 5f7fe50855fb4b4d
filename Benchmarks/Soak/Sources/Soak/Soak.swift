import Foundation

/// Long use in short time: a row of figures for each promise, and exit status 1 where one is not kept.
@main struct Soak {
  static func main() async throws {
    let sections = ["calls", "tasks", "heartbeat", "cancellation", "kills"]
    let arguments = CommandLine.arguments.dropFirst()
    let chosen = arguments.count > 2 ? Array(arguments.dropFirst(2)) : sections
    guard arguments.count >= 2, chosen.allSatisfy(sections.contains) else {
      print("usage: Soak featurevis folder [\(sections.joined(separator: "|"))]...")
      exit(64)
    }
    let tool = URL(filePath: arguments[1])
    let folder = URL(filePath: arguments[2], directoryHint: .isDirectory)
    var report = Report()
    for section in chosen {
      switch section {
      case "calls": try ManyCalls(folder: folder).run(&report)
      case "tasks": try await SimultaneousTasks().run(&report)
      case "heartbeat": try await Heartbeat().run(&report)
      case "cancellation": try await Cancellation().run(&report)
      default: try Kills(tool: tool, folder: folder).run(&report)
      }
    }
    exit(report.isKept ? 0 : 1)
  }
}
