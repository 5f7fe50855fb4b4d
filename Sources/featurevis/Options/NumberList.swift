import ArgumentParser

/// Numbers separated by commas.
struct NumberList: ExpressibleByArgument {
  let numbers: [Float]

  init?(argument: String) {
    let parsed = argument.split(separator: ",", omittingEmptySubsequences: false).map {
      Float($0.trimmingPrefix { $0 == " " })
    }
    guard !parsed.isEmpty, parsed.allSatisfy({ $0?.isFinite == true }) else { return nil }
    numbers = parsed.compactMap { $0 }
  }
}
