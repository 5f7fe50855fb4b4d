/// Which tensors of a file are meant where nobody says what network they belong to, and by what names.
struct TensorChoice {
  let entries: [StateDictionary.Entry]
  /// What was decided, in words.
  let notes: [String]

  private static let mostNamed = 8
  private static let mostWrappers = 8

  /// Of groups that have more than half as many tensors as the largest, the first in `WeightsPrecedence`.
  init(_ groups: [TensorGroup]) {
    let most = groups.map(\.entries.count).max() ?? 0
    let large = groups.filter { 2 * $0.entries.count > most }
    // `min` would take any of those that are equal; the first in the file is meant.
    var chosen = large.first
    for group in large {
      guard let best = chosen else { break }
      if WeightsPrecedence(ofPrefix: group.path) < WeightsPrecedence(ofPrefix: best.path) {
        chosen = group
      }
    }
    guard let chosen else {
      (entries, notes) = ([], [])
      return
    }
    var notes: [String] = []
    if groups.count > 1 {
      let others = groups.filter { $0.path != chosen.path }
      let named = others.prefix(Self.mostNamed).map(Self.description).joined(separator: ", ")
      let rest = others.count > Self.mostNamed ? " and \(others.count - Self.mostNamed) more" : ""
      notes.append(
        "taken are \(Self.description(of: chosen)), left aside \(named)\(rest)"
          + (large.count > 1 ? "; \(WeightsPrecedence.order)" : ""))
    }
    let (stripped, prefix) = Self.withoutWrappers(chosen.entries)
    if !prefix.isEmpty { notes.append("'\(prefix)' is left out before the tensors' names") }
    entries = stripped
    self.notes = notes
  }

  private static func description(of group: TensorGroup) -> String {
    let count = group.entries.count == 1 ? "1 tensor" : "\(group.entries.count) tensors"
    return group.path.isEmpty ? "\(count) outside" : "\(count) of '\(group.path.dropLast())'"
  }

  /// Entries without the names of wrappers that all of them begin with, and what that was.
  private static func withoutWrappers(_ entries: [StateDictionary.Entry])
    -> (entries: [StateDictionary.Entry], prefix: String)
  {
    var entries = entries
    var prefix = ""
    var count = 0
    // Bounded: a name may be a wrapper's a million times.
    while count < mostWrappers, let first = entries.first,
      let wrapper = WrapperNames.leading(first.name),
      entries.allSatisfy({ $0.name.hasPrefix(wrapper) })
    {
      count += 1
      prefix += wrapper
      entries = entries.map { $0.renamed(String($0.name.dropFirst(wrapper.count))) }
    }
    return (entries, prefix)
  }
}
