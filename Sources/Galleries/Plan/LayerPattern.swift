/// Names of layers by a pattern: `*` stands for any signs, slashes among them, and `?` for one.
///
///     LayerPattern("inception_*/output")
public struct LayerPattern: Sendable, Hashable {
  /// The pattern as it was written.
  public let text: String

  /// A pattern; a text without `*` and `?` is a name.
  public init(_ text: String) { self.text = text }

  /// Whether it stands for a name that holds neither `*` nor `?`.
  public var isName: Bool { !text.contains { $0 == "*" || $0 == "?" } }

  /// Whether a name is meant; a name is also meant by itself, whatever signs it has.
  ///
  /// - Complexity: O(name · pattern).
  public func matches(_ name: String) -> Bool {
    if name == text { return true }
    let (signs, pattern) = (Array(name), Array(text))
    // The star that was passed last, and how far its signs go.
    var star: (pattern: Int, sign: Int)?
    var (sign, place) = (0, 0)
    while sign < signs.count {
      if place < pattern.count, pattern[place] == "*" {
        star = (place, sign)
        place += 1
      } else if place < pattern.count, pattern[place] == "?" || pattern[place] == signs[sign] {
        (sign, place) = (sign + 1, place + 1)
      } else if let last = star {
        star = (last.pattern, last.sign + 1)
        (sign, place) = (last.sign + 1, last.pattern + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == "*" }
  }
}
