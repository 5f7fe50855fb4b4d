/// What `explain --json` prints of a picture.
struct ExplanationReport: Encodable {
  let picture: String
  let question: String
  /// The objective at the picture.
  let value: Float
  let maps: [Map]

  struct Map: Encodable {
    let method: String
    let isSigned: Bool
    /// The row and the column of the pixel that speaks most for it.
    let maximum: [Int]
    /// The smallest and the largest number, channels summed or, without signs, the largest of them.
    let range: [Float]
    /// The number that has the last colour.
    let limit: Float
  }

  init(_ explanation: Explanation, _ look: MapOptions) {
    picture = explanation.path
    question = explanation.title
    value = explanation.value
    maps = explanation.maps.map { method, map in
      let shown = map.visible
      let numbers = shown.elements
      let place = shown.span.topIndices(1).first ?? 0
      return Map(
        method: method, isSigned: map.isSigned,
        maximum: [place / shown.shape[2], place % shown.shape[2]],
        range: [numbers.min() ?? 0, numbers.max() ?? 0],
        limit: look.heat(for: map).limits(of: shown)[0])
    }
  }
}
