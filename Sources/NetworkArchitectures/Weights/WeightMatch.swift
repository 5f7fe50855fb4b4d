internal import NetworkFormats

/// How a file's tensors are the weights of an architecture, under one prefix of their names.
struct WeightMatch {
  let weights: MatchedWeights
  /// The units of the last layer, as the file has them.
  let classCount: Int
  /// What keeps the tensors from being the weights.
  let faults: [WeightFault]
  /// Tensors behind the prefix that the architecture does not have and that are no weights, such as counters.
  let unread: [String]
  /// Other prefixes under which the file holds such weights, too.
  var others: [String] = []
}

extension WeightMatch {
  private static let mostNamed = 8

  /// What was decided, in words.
  func notes(for architecture: Architecture) -> [String] {
    var notes: [String] = []
    let names = architecture.requirements(classCount: classCount).map(\.name)
    if let first = names.first, let source = weights.sourceName(of: first), source != first,
      source.hasSuffix(first)
    {
      notes.append("'\(source.dropLast(first.count))' is left out before the names of the weights")
    }
    let renamed = names.compactMap { name in
      weights.sourceName(of: name).flatMap { weights.isRenamed(name) ? (name, $0) : nil }
    }
    if let (name, source) = renamed.first {
      notes.append(
        "'\(source)' is read as '\(name)'"
          + (renamed.count > 1 ? ", and \(renamed.count - 1) more alike" : ""))
    }
    if !others.isEmpty {
      let places = others.map { $0.isEmpty ? "nothing" : "'\($0)'" }.prefix(Self.mostNamed)
      notes.append(
        "such weights stand behind \(places.joined(separator: ", ")), too; \(WeightsPrecedence.order)"
      )
    }
    if classCount != architecture.classCount {
      notes.append(
        """
        its last layer has \(classCount) unit\(classCount == 1 ? "" : "s"), where \(architecture.name) was published with \
        \(architecture.classCount): the classes have no names unless the file beside it gives "labels"
        """)
    }
    if !unread.isEmpty {
      notes.append("not read, since \(architecture.name) has nothing of the kind: \(list(unread))")
    }
    return notes
  }

  private func list(_ names: [String]) -> String {
    names.prefix(Self.mostNamed).map { "'\($0)'" }.joined(separator: ", ")
      + (names.count > Self.mostNamed ? " and \(names.count - Self.mostNamed) more" : "")
  }
}
