/// What losses see of the pictures of each optimised input, before the network.
struct PictureRowsByInput {
  private let names: [String]
  private let rows: [PictureRows]

  /// - Throws: `VisualizationError` for a pixel space of other channels.
  init(
    _ inputs: [SizedInput], _ count: Int, _ subjects: [LossSubject]
  ) throws(VisualizationError) {
    names = inputs.map(\.name)
    var rows: [PictureRows] = []
    for (place, sized) in inputs.enumerated() {
      rows.append(
        try PictureRows(
          count, sized.size, parameterCount: sized.parameterCount,
          subjects: subjects.filter { $0.input.map { $0 == sized.name } ?? (place == 0) },
          specification: sized.input.specification))
    }
    self.rows = rows
  }

  /// The rows of an input, by its place among those that are optimised.
  subscript(input: Int) -> PictureRows { rows[input] }

  /// What losses look at; `nil` for subjects of another kind, and of inputs that are not optimised.
  func part(of subject: LossSubject) -> TappedPart? {
    guard let input = subject.input else { return rows[0].part(of: subject) }
    return names.firstIndex(of: input).flatMap { rows[$0].part(of: subject) }
  }
}
