/// The names that layers bear, each once.
struct LayerNames {
  private var taken: Set<String> = []
  /// The number that the next layer of a name gets that is taken already.
  private var nextNumbers: [String: Int] = [:]

  /// The name, or one like it, that no layer bears.
  ///
  /// - Parameters:
  ///   - second: what is tried before numbers are, where it is not empty.
  ///   - isOthers: whether a name is forbidden for another reason.
  mutating func unused(
    _ name: String, orElse second: String = "", except isOthers: (String) -> Bool = { _ in false }
  ) -> String {
    func isFree(_ name: String) -> Bool {
      !name.isEmpty && !taken.contains(name) && !isOthers(name)
    }
    var unique = isFree(name) || second.isEmpty ? name : second
    let stem = unique
    var number = nextNumbers[stem] ?? 2
    while !isFree(unique) {
      unique = "\(stem)/\(number)"
      number += 1
    }
    if unique != stem { nextNumbers[stem] = number }
    return unique
  }

  mutating func insert(_ name: String) { taken.insert(name) }

  mutating func remove(_ name: String) { taken.remove(name) }
}
