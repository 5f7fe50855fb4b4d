import FeatureVisualization

/// A class of a judge that is another network's.
public struct ClassMatch: Sendable, Equatable {
  /// How it was found.
  public enum Way: String, Sendable, Codable {
    /// By a label or one of its synonyms.
    case label
    /// By its number, in networks of as many classes: nobody knows whether they are the same ones.
    case number
  }

  /// The number of the class in the judge.
  public let unit: Int
  /// How it was found.
  public let way: Way
}

extension Judge {
  /// The class that a picture was drawn of, among this judge's.
  ///
  /// Labels decide where there are any: the same one at the same place, else the same one, else the class that shares the most
  /// names between commas; capitals do not matter. Numbers count where one of the networks has no labels and both have as many
  /// classes.
  ///
  /// - Throws: `JudgingError.unknownClass` where there is no such class, or several, with what is near.
  public func match(_ drawn: DrawnClass) throws(JudgingError) -> ClassMatch {
    guard let label = drawn.label, let labels else {
      return ClassMatch(unit: try unit(numbered: drawn), way: .number)
    }
    if let unit = drawn.unit, labels.indices.contains(unit),
      labels[unit].lowercased() == label.lowercased()
    {
      return ClassMatch(unit: unit, way: .label)
    }
    do throws(VisualizationError) {
      return ClassMatch(unit: try network.unit(labeled: label), way: .label)
    } catch {
      throw .unknownClass(drawn.name, judge: name, reason: "\(error)")
    }
  }

  private func unit(numbered drawn: DrawnClass) throws(JudgingError) -> Int {
    func refused(_ reason: String) -> JudgingError {
      .unknownClass(drawn.name, judge: name, reason: reason)
    }
    guard let unit = drawn.unit else {
      throw refused("it has no labels, and nobody says the number of the class")
    }
    guard let count = drawn.classCount else {
      throw refused(
        "only its number is known, and not of how many classes: say its label, or the network that drew it"
      )
    }
    guard count == classCount else {
      throw refused(
        "it has \(classCount) classes and the network that drew it \(count), and labels are missing: their numbers mean "
          + "different classes")
    }
    guard (0..<classCount).contains(unit) else {
      throw refused("it has classes 0 to \(classCount - 1)")
    }
    return unit
  }
}
