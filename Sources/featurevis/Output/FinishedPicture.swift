import PictureJudging

/// A picture that is written, as it is told on standard output.
struct FinishedPicture {
  let file: String
  let title: String
  let score: Float
  /// Whether nothing raised its units.
  let isDead: Bool
  let judgement: Judgement?

  /// Prints it, as text or as a line of JSON.
  func tell(_ progress: ProgressOptions) {
    guard progress.jsonLines else { return StandardStreams.printLine(text) }
    progress.printLine(
      Line(
        file: file, title: title, score: score, isDead: isDead, judgement: judgement.map { "\($0)" }
      ))
  }

  private var text: String {
    "\(file)  score \(score.short)" + (isDead ? "  dead" : "")
      + (judgement.map { "  \($0)" } ?? "")
  }

  /// A line of `--json-lines`.
  private struct Line: Encodable {
    let event = "finished"
    let file: String
    let title: String
    let score: Float
    let isDead: Bool
    let judgement: String?

    private enum CodingKeys: CodingKey { case event, file, title, score, isDead, judgement }
  }
}
