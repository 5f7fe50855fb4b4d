import PictureJudging

/// What `judge` prints and writes.
struct JudgingReport: Encodable {
  let judges: [JudgeEntry]
  let naturalSlope: NaturalSlope
  let pictures: [PictureEntry]
  let diversity: [Diversity]

  struct JudgeEntry: Encodable {
    let name: String
    let classes: Int
    /// The layer whose outputs are compared.
    let features: String?
  }

  struct PictureEntry: Encodable {
    let file: String
    let judgement: JudgementReport
  }

  /// How much pictures of one class differ.
  struct Diversity: Encodable {
    let drawnClass: String
    let pictures: Int
    let judge: String
    /// The mean of `1 − cos` of features over all pairs.
    let meanDistance: Float
  }

  init(_ panel: JudgePanel, _ judged: [JudgedPicture], _ natural: NaturalSlope) {
    judges = panel.judges.map {
      JudgeEntry(name: $0.name, classes: $0.classCount, features: $0.featureLayer)
    }
    naturalSlope = natural
    pictures = judged.map {
      PictureEntry(
        file: $0.path,
        judgement: JudgementReport($0.judgement, score: $0.score, nearest: $0.nearest))
    }
    let classes = Dictionary(grouping: judged) { $0.judgement.drawn }
    diversity = classes.compactMap { drawn, own in drawn.map { ($0.name, own) } }
      .sorted { $0.0 < $1.0 }
      .flatMap { name, own in
        panel.judges.indices.compactMap { index in
          FeatureDistance.meanOfPairs(own.compactMap { $0.judgement.opinions[index].features })
            .map {
              Diversity(
                drawnClass: name, pictures: own.count, judge: panel.judges[index].name,
                meanDistance: $0)
            }
        }
      }
  }

  /// Prints what people read: a row for each picture and judge, then a row of figures for each picture.
  func printTable() {
    var table = TextTable([.left, .left, .left, .right, .right, .left])
    table.add(["picture", "class", "judge", "rank", "probability", "named first"])
    for picture in pictures {
      for opinion in picture.judgement.judges {
        table.add([
          picture.file, picture.judgement.drawnClass ?? "-", opinion.judge,
          opinion.rank.map { "\($0)" } ?? "-", opinion.probability.map { $0.fixed(4) } ?? "-",
          opinion.first.map { "\($0.shortName) \($0.probability.fixed(2))" }
            .joined(separator: ", "),
        ])
      }
    }
    table.print()
    StandardStreams.printLine("")
    printFigures()
    printDiversity()
    printCounts()
  }

  private func printFigures() {
    let hasScores = pictures.contains { $0.judgement.score != nil }
    let hasNeighbours = pictures.contains { $0.judgement.judges.contains { $0.nearest != nil } }
    var table = TextTable([.left, .right, .left, .left])
    table.add([
      "picture", "slope", hasScores ? "score, under fresh draws" : "",
      hasNeighbours ? "nearest" : "",
    ])
    for picture in pictures {
      let nearest = picture.judgement.judges.compactMap { opinion in
        opinion.nearest.map { "\($0.name) \($0.distance.fixed(2)) (\(opinion.judge))" }
      }
      let score = picture.judgement.score.map {
        "\($0.score.short), \($0.mean.short) ± \($0.deviation.short)"
      }
      table.add([
        picture.file, picture.judgement.spectrumSlope.map { $0.fixed(2) } ?? "-", score ?? "",
        nearest.joined(separator: "; "),
      ])
    }
    table.print()
    StandardStreams.printLine(
      "natural pictures: \(naturalSlope.exponent.fixed(2))"
        + (naturalSlope.source.map { ", the mean of \($0)" } ?? " or so"))
  }

  private func printDiversity() {
    for entry in diversity {
      StandardStreams.printLine(
        "\(entry.drawnClass): \(entry.pictures) pictures differ by \(entry.meanDistance.fixed(2)) (\(entry.judge))"
      )
    }
  }

  /// How many pictures each judge names first.
  private func printCounts() {
    for (index, judge) in judges.enumerated() {
      let verdicts = pictures.compactMap { $0.judgement.judges[index].rank }
      guard !verdicts.isEmpty else { continue }
      StandardStreams.printLine(
        "\(judge.name) names \(verdicts.count { $0 == 1 }) of \(verdicts.count) first")
    }
  }
}
