import ArgumentParser

/// Units of a layer: `130,20` is a picture each, `1+7` one picture of both.
struct UnitGroups: ExpressibleByArgument {
  let groups: [[Int]]

  init?(argument: String) {
    let groups = argument.split(separator: ",", omittingEmptySubsequences: false).map { group in
      group.split(separator: "+", omittingEmptySubsequences: false).map { Int($0) }
    }
    guard groups.allSatisfy({ $0.allSatisfy { ($0 ?? -1) >= 0 } }) else { return nil }
    self.groups = groups.map { $0.compactMap { $0 } }
  }
}
