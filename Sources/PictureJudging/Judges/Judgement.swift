/// What several judges say of a picture.
public struct Judgement: Sendable, Equatable {
  /// The class that it was drawn of; `nil` where it is of none.
  public let drawn: DrawnClass?
  /// That class among those of each judge; empty where there is none.
  public let matches: [ClassMatch]
  /// What each judge sees.
  public let opinions: [Opinion]
  /// How its power falls with frequency; `nil` of a picture of one colour.
  public let spectrumSlope: SpectrumSlope?

  /// What each judge says of the class; empty where there is none.
  public var verdicts: [Verdict] {
    zip(opinions, matches).map { opinion, match in opinion.verdict(on: match.unit) }
  }

  /// How many judges name the class first.
  public var namedFirstCount: Int { verdicts.count { $0.rank == 1 } }
}

extension Judgement: CustomStringConvertible {
  /// `named first by 2 of 3: googlenet 0.98 (1st), lite1 0.91 (1st), alexnet 0.04 (7th)`; of a picture without a class what
  /// each judge names first.
  public var description: String {
    guard drawn != nil else {
      return opinions.flatMap { $0.first(1) }.map { first in
        "\(first.judge) says \(first.name) \(Self.rounded(first.probability))"
      }.joined(separator: ", ")
    }
    let each = verdicts.map { verdict in
      "\(verdict.judge) \(Self.rounded(verdict.probability)) (\(verdict.ordinal))"
    }
    return "named first by \(namedFirstCount) of \(verdicts.count): "
      + each.joined(separator: ", ")
  }

  private static func rounded(_ probability: Float) -> String {
    let hundredths = Int((probability * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }
}
