/// How often numbers of each magnitude occurred: quantiles of a stream in bounded memory.
///
/// Numbers are counted by sign, exponent and the first seven bits of their mantissa. A quantile is thus off by at most
/// 2⁻⁸ of itself, 0.4 per cent; its rank is exact, and the smallest and the largest number are. Numbers nearer to 0 than
/// 2⁻¹²⁶ count as 0. What comes out does not depend on the order of what went in.
public struct ValueHistogram: Sendable, Equatable {
  /// The counts by cell; a cell is the upper half of a number's bits, negative for negative numbers. There are at most 2¹⁶.
  private(set) var counts: [Int: Int] = [:]
  /// How many numbers were counted.
  public private(set) var count = 0
  /// The smallest number; infinite where there is none.
  public private(set) var minimum = Float.infinity
  /// The largest number; minus infinity where there is none.
  public private(set) var maximum = -Float.infinity

  /// A histogram of nothing.
  public init() {}

  /// Counts a number.
  ///
  /// - Precondition: it is finite.
  /// - Complexity: O(1).
  public mutating func add(_ value: Float) {
    precondition(value.isFinite, "\(value) has no place among numbers")
    counts[Self.cell(of: value), default: 0] += 1
    count += 1
    minimum = min(minimum, value)
    maximum = max(maximum, value)
  }

  /// The smallest number that a share of all numbers do not exceed, to 2⁻⁸ of itself.
  ///
  /// - Parameter share: 0…1; 0 is the smallest number, ½ the median and 1 the largest.
  /// - Returns: `nil` where nothing was counted.
  /// - Complexity: O(c log c) for c cells.
  public func quantile(_ share: Double) -> Float? { quantiles([share])?[0] }

  /// The quantiles of several shares, in their order; see `quantile(_:)`.
  public func quantiles(_ shares: [Double]) -> [Float]? {
    guard count > 0 else { return nil }
    let cells = counts.sorted { $0.key < $1.key }
    return shares.map { share in
      let rank = min(max(Int((share * Double(count)).rounded(.up)), 1), count)
      if rank == 1 { return minimum }
      if rank == count { return maximum }
      var seen = 0
      for cell in cells {
        seen += cell.value
        if seen >= rank { return min(max(Self.middle(of: cell.key), minimum), maximum) }
      }
      return maximum
    }
  }

  private static func cell(of value: Float) -> Int {
    guard value.isNormal else { return 0 }
    let magnitude = Int(value.magnitude.bitPattern >> 16)
    return value < 0 ? -magnitude : magnitude
  }

  private static func middle(of cell: Int) -> Float {
    guard cell != 0 else { return 0 }
    let value = Float(bitPattern: UInt32(cell.magnitude) << 16 | 0x8000)
    return cell < 0 ? -value : value
  }
}

extension ValueHistogram: Codable {
  private enum Key: CodingKey {
    case counts, minimum, maximum
  }

  /// The cells in ascending order, each followed by its count, and the smallest and the largest number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(
      counts.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }, forKey: .counts)
    guard count > 0 else { return }
    try container.encode(minimum, forKey: .minimum)
    try container.encode(maximum, forKey: .maximum)
  }

  /// - Throws: `DecodingError` for numbers that no histogram has.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let numbers = try container.decode([Int].self, forKey: .counts)
    func fail(_ reason: String) -> DecodingError {
      .dataCorruptedError(forKey: .counts, in: container, debugDescription: reason)
    }
    guard numbers.count.isMultiple(of: 2) else { throw fail("a cell has no count") }
    for place in stride(from: 0, to: numbers.count, by: 2) {
      let (cell, occurrences) = (numbers[place], numbers[place + 1])
      guard (-0x7F7F...0x7F7F).contains(cell), (1...1 << 48).contains(occurrences),
        counts.updateValue(occurrences, forKey: cell) == nil
      else { throw fail("\(occurrences) numbers in cell \(cell)") }
      count += occurrences
    }
    guard count > 0 else { return }
    minimum = try container.decode(Float.self, forKey: .minimum)
    maximum = try container.decode(Float.self, forKey: .maximum)
    guard minimum.isFinite, maximum.isFinite, minimum <= maximum,
      counts[Self.cell(of: minimum)] != nil, counts[Self.cell(of: maximum)] != nil
    else { throw fail("\(minimum) and \(maximum) are not its bounds") }
  }
}
