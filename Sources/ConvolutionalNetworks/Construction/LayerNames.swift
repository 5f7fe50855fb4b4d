/// The names that a network under construction has given so far.
struct LayerNames {
  private var taken: Set<String> = []
  private var counts: [String: Int] = [:]

  /// The first of `base`, `base_1`, `base_2` and so on that is free.
  mutating func unused(_ base: String) -> String {
    while true {
      let count = counts[base, default: 0]
      counts[base] = count + 1
      let name = count == 0 ? base : "\(base)_\(count)"
      if !taken.contains(name) { return name }
    }
  }

  /// Gives a name to an input or a layer.
  mutating func take(_ name: String) throws(VisualizationError) {
    guard taken.insert(name).inserted else { throw .duplicateName(name) }
  }
}
