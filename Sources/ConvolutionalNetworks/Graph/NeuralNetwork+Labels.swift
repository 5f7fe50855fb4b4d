extension NeuralNetwork {
  /// The name of the class that `unit` of the last layer stands for; `nil` where nobody said.
  public func label(of unit: Int) -> String? {
    guard let labels, labels.indices.contains(unit) else { return nil }
    return labels[unit]
  }

  /// The unit of the class with this label.
  ///
  /// The whole label counts, or else any one of its names between commas, as in ImageNet's
  /// "water ouzel, dipper"; capitals do not matter.
  ///
  /// - Throws: `NetworkError.missingLabels`, `.unknownLabel` with the nearest ones, or `.ambiguousLabel`.
  public func unit(labeled label: String) throws(NetworkError) -> Int {
    guard let labels else { throw .missingLabels(wanted: label) }
    if let unit = labels.firstIndex(of: label), labels.lastIndex(of: label) == unit { return unit }
    let wanted = label.lowercased()
    let whole = labels.indices.filter { labels[$0].lowercased() == wanted }
    let units =
      whole.isEmpty
      ? labels.indices.filter { Self.names(in: labels[$0]).contains { $0.lowercased() == wanted } }
      : whole
    guard let unit = units.first else {
      let names = labels.flatMap(Self.names)
      throw .unknownLabel(label, nearest: nearestNames(to: label, in: names))
    }
    guard units.count == 1 else { throw .ambiguousLabel(label, units: units) }
    return unit
  }

  /// The index of a unit given by index or by label; a label is looked up as `unit(labeled:)` does.
  ///
  /// - Throws: `NetworkError` for a label that names no class; an index is taken as it is.
  public func unit(_ id: UnitID) throws(NetworkError) -> Int {
    switch id {
    case .index(let index): index
    case .label(let label): try unit(labeled: label)
    }
  }

  private static func names(in label: String) -> [String] {
    label.split(separator: ",").map { name in
      String(name.drop(while: \.isWhitespace))
    }
  }
}
