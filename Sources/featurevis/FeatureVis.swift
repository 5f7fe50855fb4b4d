import ArgumentParser
import Foundation
import RecipeLanguage

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
      Visualize.self, JudgePictures.self, GalleryCommand.self, Explain.self, Examples.self,
      Statistics.self,
      Groups.self, Atlas.self, Weights.self, Inspect.self, Predict.self, Run.self,
      Benchmark.self,
      Convert.self, Architectures.self, Words.self,
    ])

  static func main() {
    StandardStreams.prepare()
    ProductMemory.require()
    Interruption.watch()
    let status = runCommand()
    if status == 0, let failure = StandardStreams.outputFailure {
      report(failure)
      end(1)
    }
    end(Interruption.exitStatus ?? status)
  }

  /// Ends the process without what libraries have registered to be done: under a limit on memory OpenBLAS waits there for
  /// threads that never end. All that was printed is written.
  private static func end(_ status: Int32) -> Never {
    fflush(nil)
    _exit(status)
  }

  /// Runs the command that the process' arguments ask for.
  private static func runCommand() -> Int32 {
    do {
      var command = try parseAsRoot()
      do { try command.run() } catch  where exitCode(for: error) != .success {
        report(error)
        return 1
      }
      return 0
    } catch {
      // Help, or what is wrong with the command line: text of several lines, in which arguments may be quoted.
      var message = fullMessage(for: error)
      for argument in CommandLine.arguments {
        message = message.replacingOccurrences(of: argument, with: argument.escapingControls)
      }
      message = message.escapingControls(except: ["\n"]) + "\n"
      let code = exitCode(for: error)
      if code == .success {
        StandardStreams.write(message)
      } else {
        StandardStreams.writeError(message)
      }
      return code.rawValue
    }
  }

  private static func report(_ error: any Error) {
    let text = "Error: \(ErrorMessage(error).text)"
    if error is RecipeError {
      // It shows the place on a line of its own.
      StandardStreams.writeError(text.escapingControls(except: ["\n"]) + "\n")
    } else {
      StandardStreams.printError(text)
    }
  }
}
