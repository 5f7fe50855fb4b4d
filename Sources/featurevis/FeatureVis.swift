import ArgumentParser
import Foundation

/// The command-line tool.
@main
struct FeatureVis: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "featurevis",
    abstract: "Shows what the units of a trained network look for.",
    discussion: """
      The exit status is 0 when everything asked for was done, 1 after an error, 64 where the command line is wrong \
      and 130 after an interruption.
      """,
    subcommands: [
      Visualize.self, Inspect.self, Predict.self, Run.self, Benchmark.self,
      Convert.self, Architectures.self,
    ])

  static func main() {
    StandardStreams.prepare()
    Interruption.watch()
    let status = status(ofRunning: nil)
    if status == 0, let failure = StandardStreams.outputFailure {
      report(failure)
      Foundation.exit(1)
    }
    Foundation.exit(Interruption.exitStatus ?? status)
  }

  /// Runs the command that `arguments`, or else those of the process, ask for.
  private static func status(ofRunning arguments: [String]?) -> Int32 {
    var command: any ParsableCommand
    do { command = try parseAsRoot(arguments) } catch {
      // Help and usage have lines.
      let message = fullMessage(for: error).escapingControls(except: ["\n"])
      let status = exitCode(for: error).rawValue
      if status == 0 {
        StandardStreams.write(message + "\n")
      } else {
        StandardStreams.writeError(message + "\n")
      }
      return status
    }
    do { try command.run() } catch {
      // The root alone has nothing to run: it shows its help.
      if error is CleanExit {
        StandardStreams.write(fullMessage(for: error) + "\n")
        return 0
      }
      report(error)
      return 1
    }
    return 0
  }

  private static func report(_ error: any Error) {
    StandardStreams.printError(
      "Error: \((error as? LocalizedError)?.errorDescription ?? "\(error)")")
  }
}
