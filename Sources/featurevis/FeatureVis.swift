import ArgumentParser

/// The command-line tool.
@main
struct FeatureVis: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "featurevis",
    abstract: "Shows what the units of a trained network look for.",
    subcommands: [
      Visualize.self, Inspect.self, Predict.self, Run.self, Benchmark.self,
      Convert.self, Architectures.self,
    ])

  static func main() {
    ProductMemory.require()
    main(nil)
  }
}
