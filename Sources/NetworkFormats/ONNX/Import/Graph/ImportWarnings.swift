/// What a reader of the network should know; there is an end to it, since a file may have any number of faults.
struct ImportWarnings {
  private(set) var all: [String] = []
  private static let most = 100

  mutating func add(_ warning: String) {
    if all.count < Self.most {
      all.append(String(warning.prefix(1000)))
    } else if all.count == Self.most {
      all.append("there is more like that")
    }
  }
}
