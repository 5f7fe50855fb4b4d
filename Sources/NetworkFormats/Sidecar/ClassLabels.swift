import Foundation

/// Reads the names of classes from a file of lines.
enum ClassLabels {
  /// The lines of the file `name`, whose path is relative to the sidecar that names it.
  ///
  /// Of lines as in ImageNet's synset_words.txt (`n02007558 flamingo`) the words after the id remain.
  static func read(_ name: String, namedBy sidecar: URL) throws(NetworkSidecarError) -> [String] {
    let url = sidecar.deletingLastPathComponent().appendingPathComponent(name)
    let text: String
    do { text = try String(contentsOf: url, encoding: .utf8) } catch {
      throw NetworkSidecarError(
        file: sidecar.path, key: "labels", reason: "'\(name)' cannot be read as text")
    }
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    while lines.last?.isEmpty ?? false { lines.removeLast() }
    return lines.map { String(wordsAfterID(in: $0)) }
  }

  private static func wordsAfterID(in line: Substring) -> Substring {
    let parts = line.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].count == 9, parts[0].first == "n",
      parts[0].dropFirst().allSatisfy({ "0"..."9" ~= $0 })
    else { return line }
    return parts[1]
  }
}
