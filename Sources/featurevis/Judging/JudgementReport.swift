import PictureJudging

/// What a report says of a picture that judges looked at.
struct JudgementReport: Encodable {
  /// The class that it was drawn of; `nil` where nobody says one.
  let drawnClass: String?
  /// How many judges name it first; `nil` where there is no class.
  let namedFirst: Int?
  let judges: [Opinion]
  /// α of `power ∝ 1 / f^α`; `nil` of a picture of one colour.
  let spectrumSlope: Float?
  /// What it is worth to the network that drew it, as it is and under fresh draws; `nil` where that is not asked.
  let score: ScoreUnderDraws?

  struct Opinion: Encodable {
    let judge: String
    let unit: Int?
    let label: String?
    /// How the class was found among the judge's.
    let matchedBy: ClassMatch.Way?
    let rank: Int?
    let probability: Float?
    let first: [Guess]
    /// The nearest of the natural pictures, `1 − cos` of features; `nil` where there are none.
    let nearest: NearestPictures.Neighbour?
  }

  struct Guess: Encodable {
    let unit: Int
    let label: String?
    let probability: Float

    /// The first of the label's names, as tables have room for.
    var shortName: String {
      label.flatMap { $0.split(separator: ",").first }.map(String.init) ?? "\(unit)"
    }
  }

  init(
    _ judgement: Judgement, score: ScoreUnderDraws?, nearest: [NearestPictures.Neighbour?] = []
  ) {
    drawnClass = judgement.drawn?.name
    namedFirst = judgement.drawn == nil ? nil : judgement.namedFirstCount
    spectrumSlope = judgement.spectrumSlope?.exponent
    self.score = score
    let verdicts = judgement.verdicts
    judges = judgement.opinions.enumerated().map { index, opinion in
      let verdict = verdicts.isEmpty ? nil : verdicts[index]
      return Opinion(
        judge: opinion.judge, unit: verdict?.unit, label: verdict?.label,
        matchedBy: verdicts.isEmpty ? nil : judgement.matches[index].way, rank: verdict?.rank,
        probability: verdict?.probability,
        first: opinion.first().map {
          Guess(unit: $0.unit, label: $0.label, probability: $0.probability)
        }, nearest: nearest.isEmpty ? nil : nearest[index])
    }
  }
}
