/// What a judge sees in one picture.
public struct Opinion: Sendable, Equatable {
  /// The judge's name.
  public let judge: String
  /// The names of its classes; `nil` where nobody said.
  public let labels: [String]?
  /// The probability of each class: what the network's softmax or sigmoid says, or a softmax of its logits.
  public let probabilities: [Float]
  /// What the judge's `featureLayer` makes of the picture; `nil` of a judge without one.
  public let features: [Float]?

  /// The classes that it names first, the most probable one at the front.
  ///
  /// - Parameter count: how many, at most.
  public func first(_ count: Int = 5) -> [Verdict] {
    probabilities.span.topIndices(max(0, count)).enumerated().map { place, unit in
      Verdict(
        judge: judge, unit: unit, label: labels?[unit], rank: place + 1,
        probability: probabilities[unit])
    }
  }

  /// What it says of a class.
  ///
  /// - Precondition: there is such a class.
  public func verdict(on unit: Int) -> Verdict {
    let probability = probabilities[unit]
    // Of equal ones the first counts first.
    let before = probabilities.indices.count { other in
      probabilities[other] > probability || (probabilities[other] == probability && other < unit)
    }
    return Verdict(
      judge: judge, unit: unit, label: labels?[unit], rank: before + 1, probability: probability)
  }
}

/// What a judge says of one class of a picture.
public struct Verdict: Sendable, Equatable {
  /// The judge's name.
  public let judge: String
  /// The number of the class.
  public let unit: Int
  /// The name of the class; `nil` where nobody said.
  public let label: String?
  /// Its place among all classes by probability, from 1 on.
  public let rank: Int
  /// Its probability, 0…1.
  public let probability: Float

  /// The class as people call it.
  public var name: String { label ?? "unit \(unit)" }

  /// Its place in words: `1st`, `2nd`, `11th`.
  public var ordinal: String {
    let ending =
      switch (rank % 10, rank % 100) {
      case (_, 11...13): "th"
      case (1, _): "st"
      case (2, _): "nd"
      case (3, _): "rd"
      default: "th"
      }
    return "\(rank)\(ending)"
  }
}
