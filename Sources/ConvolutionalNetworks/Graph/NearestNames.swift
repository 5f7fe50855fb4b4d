/// Up to three of `names` that a person who typed `name` may have meant, the nearest first.
package func nearestNames(to name: String, in names: [String]) -> [String] {
  let typed = Array(name.lowercased().utf8)
  let ranked = names.map { candidate -> (name: String, distance: Int) in
    let letters = Array(candidate.lowercased().utf8)
    let contained = !name.isEmpty && candidate.lowercased().contains(name.lowercased())
    return (candidate, contained ? 1 : editDistance(typed, letters))
  }
  return
    ranked
    .filter { $0.distance <= max(2, typed.count / 2) }
    .sorted { ($0.distance, $0.name.count, $0.name) < ($1.distance, $1.name.count, $1.name) }
    .prefix(3).map(\.name)
}

/// The number of letters to insert, delete or replace to make one word of the other (Levenshtein).
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var row = Array(0...right.count)
  for (i, letter) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for j in right.indices {
      let replaced = diagonal + (letter == right[j] ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
    }
  }
  return row[right.count]
}
