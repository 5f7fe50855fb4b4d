extension NeuralNetwork {
  /// The name of the class that `unit` of the last layer stands for; `nil` where nobody said.
  public func label(of unit: Int) -> String? {
    guard let labels, labels.indices.contains(unit) else { return nil }
    return labels[unit]
  }

  /// The names of the classes that the units of a layer may stand for: of a joined network those of the layer's part;
  /// `nil` where nobody said.
  ///
  /// - Throws: `VisualizationError.unknownLayer` with the nearest names.
  public func labels(of layer: LayerID) throws(VisualizationError) -> [String]? {
    parts.isEmpty ? labels : try part(of: layer)?.labels
  }

  /// The unit of the class with this label.
  ///
  /// The whole label counts, or else any one of its names between commas, as in ImageNet's
  /// "water ouzel, dipper"; capitals do not matter. Of a label that has several names itself, the class that shares the most
  /// of them is meant.
  ///
  /// - Throws: `VisualizationError.missingLabels`, `.unknownLabel` with the nearest ones, or `.ambiguousLabel`.
  public func unit(labeled label: String) throws(VisualizationError) -> Int {
    guard let labels else { throw .missingLabels(wanted: label) }
    let units = labels.units(labeled: label)
    guard let unit = units.first else {
      throw .unknownLabel(label, nearest: nearestNames(to: label, in: labels.classNames))
    }
    guard units.count == 1 else { throw .ambiguousLabel(label, units: units) }
    return unit
  }

  /// The index of a unit given by index or by label; a label is looked up as `unit(labeled:)` does.
  ///
  /// - Throws: `VisualizationError` for a label that names no class; an index is taken as it is.
  public func unit(_ id: UnitID) throws(VisualizationError) -> Int {
    switch id {
    case .index(let index): index
    case .label(let label): try unit(labeled: label)
    }
  }

  /// The index of a unit of a layer given by index or by label, which is looked up among the labels of the layer's part.
  ///
  /// - Throws: `VisualizationError` for a label that names no class there; an index is taken as it is.
  public func unit(_ id: UnitID, of layer: LayerID) throws(VisualizationError) -> Int {
    guard case .label(let label) = id else { return try unit(id) }
    guard let part = try part(of: layer) else { return try unit(labeled: label) }
    return try part.unit(labeled: [label])
  }

  /// The unit that stands for a class in each part of a joined network, by the part's name.
  ///
  ///     let units = try both.units(labeled: "flamingo", synonyms: ["greater flamingo"])
  ///
  /// - Parameter synonyms: other labels for the class; in each part the first counts that names one.
  /// - Throws: `VisualizationError.partLacksClass` or `.partLacksLabels` naming the part that does not know the class,
  ///   `.ambiguousLabel`.
  public func units(labeled label: String, synonyms: [String] = []) throws(VisualizationError)
    -> [String: Int]
  {
    var units: [String: Int] = [:]
    for part in parts { units[part.name] = try part.unit(labeled: [label] + synonyms) }
    return units
  }
}

extension NeuralNetwork.Part {
  /// The unit of the first of some labels that names a class.
  fileprivate func unit(labeled wanted: [String]) throws(VisualizationError) -> Int {
    guard let labels else { throw .partLacksLabels(wanted: wanted[0], part: name) }
    for label in wanted {
      let units = labels.units(labeled: label)
      guard units.count <= 1 else { throw .ambiguousLabel(label, units: units) }
      if let unit = units.first { return unit }
    }
    throw .partLacksClass(
      wanted[0], part: name, nearest: nearestNames(to: wanted[0], in: labels.classNames))
  }
}

extension [String] {
  /// The positions of the classes with a label; see `NeuralNetwork.unit(labeled:)`.
  fileprivate func units(labeled label: String) -> [Int] {
    if let unit = firstIndex(of: label), lastIndex(of: label) == unit { return [unit] }
    let wanted = label.lowercased()
    let whole = indices.filter { self[$0].lowercased() == wanted }
    guard whole.isEmpty else { return whole }
    let names = Set(Self.names(in: wanted))
    let shared = map { names.intersection(Self.names(in: $0.lowercased())).count }
    guard let most = shared.max(), most > 0 else { return [] }
    return indices.filter { shared[$0] == most }
  }

  /// The names of all classes.
  fileprivate var classNames: [String] { flatMap(Self.names) }

  private static func names(in label: String) -> [String] {
    label.split(separator: ",").map { String($0.drop(while: \.isWhitespace)) }
  }
}
