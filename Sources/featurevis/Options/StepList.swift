import ArgumentParser

/// Steps of a run, separated by commas: `0,1,2,4,8`.
struct StepList: ExpressibleByArgument {
  /// Ascending, each once.
  let steps: [Int]

  init?(argument: String) {
    let parsed = argument.split(separator: ",", omittingEmptySubsequences: false).map {
      Int($0.trimmingPrefix { $0 == " " })
    }
    guard parsed.allSatisfy({ ($0 ?? -1) >= 0 }) else { return nil }
    steps = Set(parsed.compactMap { $0 }).sorted()
  }
}
