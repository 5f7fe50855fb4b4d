/// Which units of each layer are drawn: `0..<64`, `0...9,130`, or `all`.
///
/// Layers that have fewer units are drawn as far as they go.
public struct UnitSelection: Sendable, Hashable {
  private let ranges: [Range<Int>]

  /// All units of every layer.
  public static let all = UnitSelection(ranges: [0..<Int.max])

  private init(ranges: [Range<Int>]) { self.ranges = ranges }

  /// Units by number and by ranges, separated by commas, or `all`; `nil` for any other text.
  public init?(_ text: String) {
    if text == "all" {
      self = .all
      return
    }
    var ranges: [Range<Int>] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let range = Self.range(part.filter { $0 != " " }) else { return nil }
      ranges.append(range)
    }
    self.init(ranges: ranges)
  }

  /// The units of a layer of `count`, ascending, each once.
  public func units(of count: Int) -> [Int] {
    var chosen: Set<Int> = []
    for range in ranges { chosen.formUnion(range.clamped(to: 0..<count)) }
    return chosen.sorted()
  }

  private static func range(_ text: String) -> Range<Int>? {
    for (separator, isClosed) in [("..<", false), ("...", true)] {
      guard let place = text.firstRange(of: separator) else { continue }
      guard let first = Int(text[..<place.lowerBound]), let last = Int(text[place.upperBound...]),
        first >= 0, first < last || (isClosed && first == last), last < Int.max
      else { return nil }
      return isClosed ? first..<last + 1 : first..<last
    }
    guard let unit = Int(text), unit >= 0, unit < Int.max else { return nil }
    return unit..<unit + 1
  }
}
