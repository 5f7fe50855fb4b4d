import SilentUnits

/// What a report says of a unit that its recipe left silent.
struct UnitSearchReport: Encodable {
  /// Whether nothing raised the unit.
  let dead: Bool
  /// Whether everything was tried that was to be: not where the run was interrupted.
  let complete: Bool
  let attempts: [Attempt]
  /// What became of the unit, in words.
  let summary: String

  struct Attempt: Encodable {
    let way: String
    /// From how many starts.
    let starts: Int
    /// The highest activation, and the highest of the value before it.
    let highest: Float
    let highestBeforeActivation: Float?
    let raised: Bool
  }

  init(_ outcome: SilentUnitSearch.Outcome) {
    (dead, complete, summary) = (outcome.isDead, outcome.isComplete, outcome.summary)
    attempts = outcome.attempts.map {
      Attempt(
        way: $0.way.rawValue, starts: $0.startCount, highest: $0.highest,
        highestBeforeActivation: $0.highestBeforeActivation, raised: $0.isRaised)
    }
  }
}
