public import FeatureVisualization

/// Several judges that look at the same pictures.
///
///     let panel = try JudgePanel([Judge(googLeNet, named: "googlenet"), Judge(liteNet, named: "lite1")])
///     let judgement = try panel.judgement(of: picture, drawnOf: DrawnClass("flamingo"))
///     print(judgement)  // named first by 1 of 2: googlenet 0.98 (1st), lite1 0.21 (3rd)
public struct JudgePanel {
  /// The judges, in the order of their verdicts.
  public let judges: [Judge]

  /// - Throws: `JudgingError.unfitJudge` where there is none, or two of one name.
  public init(_ judges: [Judge]) throws(JudgingError) {
    guard !judges.isEmpty else { throw .unfitJudge("", reason: "there is no judge") }
    var names: Set<String> = []
    for judge in judges where !names.insert(judge.name).inserted {
      throw .unfitJudge(judge.name, reason: "two judges have this name")
    }
    self.judges = judges
  }

  /// The class that a picture was drawn of, among the classes of each judge.
  ///
  /// - Throws: `JudgingError.unknownClass` naming the first judge that does not know it.
  public func match(_ drawn: DrawnClass) throws(JudgingError) -> [ClassMatch] {
    var matches: [ClassMatch] = []
    for judge in judges { matches.append(try judge.match(drawn)) }
    return matches
  }

  /// What all judges say of a picture.
  ///
  /// - Parameters:
  ///   - picture: `[1, H, W, 3]` or `[1, H, W, 1]`, 0…1, of any size.
  ///   - drawn: the class that it was drawn of; `nil` where it is of none.
  /// - Throws: `JudgingError` for other tensors, and a class that a judge does not know.
  public func judgement(
    of picture: Tensor, drawnOf drawn: DrawnClass? = nil
  ) throws(JudgingError) -> Judgement {
    var matches: [ClassMatch] = []
    if let drawn { matches = try match(drawn) }
    var opinions: [Opinion] = []
    for judge in judges { opinions.append(try judge.opinion(on: picture)) }
    return Judgement(
      drawn: drawn, matches: matches, opinions: opinions,
      spectrumSlope: try SpectrumSlope(of: picture))
  }
}
