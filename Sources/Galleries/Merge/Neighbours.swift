/// Which units of a layer respond most alike, by the cosine of their mean responses.
struct Neighbours {
  /// The numbers of each unit, of length 1, eight at a time and filled up with zeros; empty where all are 0.
  private let rows: [[SIMD8<Float>]]

  init(_ responses: MeanResponses) {
    rows = responses.rows.map { row in
      let length = row.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      guard length > 0, length.isFinite else { return [] }
      return stride(from: 0, to: row.count, by: 8).map { start in
        var eight = SIMD8<Float>()
        for index in start..<min(start + 8, row.count) {
          eight[index - start] = Float(Double(row[index]) / length)
        }
        return eight
      }
    }
  }

  /// How many neighbours are told.
  private static let count = 8

  /// The units of `candidates` that are nearest to a unit with a positive cosine, the nearest first: those that respond where it does.
  func nearest(to unit: Int, among candidates: [Int]) -> [GalleryManifest.Neighbour] {
    guard !rows[unit].isEmpty else { return [] }
    var best = Largest<GalleryManifest.Neighbour>(Self.count)
    for other in candidates where other != unit && !rows[other].isEmpty {
      let cosine = Self.product(rows[unit], rows[other])
      guard cosine > 0 else { continue }
      best.insert(.init(unit: other, cosine: cosine), rank: cosine)
    }
    return best.values
  }

  private static func product(_ a: [SIMD8<Float>], _ b: [SIMD8<Float>]) -> Float {
    var sum = SIMD8<Float>()
    for index in a.indices { sum += a[index] * b[index] }
    return sum.sum()
  }
}
