internal import CFVFiles
import ConvolutionalNetworks
import Foundation

/// Reads the names of classes from a file of lines.
enum ClassLabels {
  /// More than the names of any network's classes take.
  private static let largestFile = 64 << 20

  /// The lines of the file `name`, whose path is relative to the sidecar that names it, and stays in its folder.
  ///
  /// Of lines as in ImageNet's synset_words.txt (`n02007558 flamingo`) the words after the id remain.
  static func read(_ name: String, namedBy sidecar: URL, limits: ReadingLimits)
    throws(NetworkSidecarError) -> [String]
  {
    func fail(_ reason: String) -> NetworkSidecarError {
      NetworkSidecarError(file: sidecar.path, key: "labels", reason: reason)
    }
    let folder = sidecar.deletingLastPathComponent()
    let url = folder.appendingPathComponent(name)
    guard !name.hasPrefix("/"), !name.split(separator: "/").contains(".."),
      isInside(url, folder)
    else { throw fail("'\(name)' lies outside the sidecar's folder: put it beside the sidecar") }
    let data: Data
    do throws(FileFailure) { data = try WholeFile(url).read(atMost: largestFile) } catch {
      throw fail("'\(name)' cannot be read: \(error.reason)")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw fail("'\(name)' cannot be read as text: it is not UTF-8")
    }
    var lines = text.split(
      maxSplits: limits.nodes, omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard lines.count <= limits.nodes else {
      throw fail("'\(name)' has more than \(limits.nodes) lines (ReadingLimits.nodes)")
    }
    while lines.last?.isEmpty ?? false { lines.removeLast() }
    return lines.map { String(wordsAfterID(in: $0)) }
  }

  /// Names that several classes have, with the first two numbers of each, such as ImageNet's two cranes.
  static func repeated(in labels: [String]) -> [(name: String, first: Int, second: Int)] {
    var firsts: [String: Int] = [:]
    var found: Set<String> = []
    var repeated: [(name: String, first: Int, second: Int)] = []
    for (number, label) in labels.enumerated() {
      guard let first = firsts.updateValue(firsts[label] ?? number, forKey: label) else { continue }
      if found.insert(label).inserted { repeated.append((label, first, number)) }
    }
    return repeated
  }

  /// Whether a file that exists lies in a folder, wherever symbolic links lead.
  private static func isInside(_ file: URL, _ folder: URL) -> Bool {
    guard let target = realpath(file.path, nil) else { return true }
    defer { free(target) }
    guard let parent = realpath(folder.path, nil) else { return false }
    defer { free(parent) }
    let path = String(cString: parent)
    return String(cString: target).hasPrefix(path.hasSuffix("/") ? path : path + "/")
  }

  private static func wordsAfterID(in line: Substring) -> Substring {
    let parts = line.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].count == 9, parts[0].first == "n",
      parts[0].dropFirst().allSatisfy({ "0"..."9" ~= $0 })
    else { return line }
    return parts[1]
  }
}
