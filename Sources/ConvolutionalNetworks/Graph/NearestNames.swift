/// Up to three of `names` that a person who typed `name` may have meant, the nearest first.
package func nearestNames(to name: String, in names: [String]) -> [String] {
  let lowercased = name.lowercased()
  let typed = Array(lowercased.utf8.prefix(longestName))
  let farthest = max(2, typed.count / 2)
  let ranked = names.compactMap { candidate -> (name: String, distance: Int)? in
    // Nobody types, nor reads, more than that.
    guard candidate.utf8.count <= longestName else { return nil }
    let folded = candidate.lowercased()
    if !name.isEmpty, folded.contains(lowercased) { return (candidate, 1) }
    let letters = Array(folded.utf8)
    guard abs(letters.count - typed.count) <= farthest else { return nil }
    let distance = editDistance(typed, letters)
    return distance <= farthest ? (candidate, distance) : nil
  }
  return
    ranked
    .sorted { ($0.distance, $0.name.count, $0.name) < ($1.distance, $1.name.count, $1.name) }
    .prefix(3).map(\.name)
}

/// The longest name that may have been meant, in bytes.
private let longestName = 256

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
