internal import Foundation

/// A search as it is written to a file.
struct SearchState: Codable {
  /// More than the state of any network's units takes.
  static let largestFile = 1 << 30

  private static let format = "natural-examples-1"

  private var format = Self.format
  let network: String
  let layer: String
  let units: [Int]
  let size: String
  let count: Int
  let seen: Int
  let names: String
  let skippedCount: Int
  let skipped: [SkippedPicture]
  let records: [UnitRecord]

  init(
    network: String, layer: String, units: [Int], size: String, count: Int, seen: Int,
    names: String, skippedCount: Int, skipped: [SkippedPicture], records: [UnitRecord]
  ) {
    (self.network, self.layer, self.units) = (network, layer, units)
    (self.size, self.count, self.seen, self.names) = (size, count, seen, names)
    (self.skippedCount, self.skipped, self.records) = (skippedCount, skipped, records)
  }

  /// The rule that the numbers break; `nil` where a search can have written them.
  func fault(positions: Int) -> String? {
    guard format == Self.format else { return "its format '\(format.prefix(40))' is not known" }
    guard records.count == units.count else {
      return "it has \(records.count) records of \(units.count) units"
    }
    guard seen >= 0, (0...seen).contains(skippedCount), skipped.count <= skippedCount else {
      return "\(skippedCount) of \(seen) pictures are skipped"
    }
    for (unit, record) in zip(units, records) {
      if let fault = record.fault(keeping: count, positions: positions, seen: seen) {
        return "unit \(unit): \(fault)"
      }
    }
    return nil
  }

  /// What is wrong, and where, in words.
  static func reason(of error: DecodingError) -> String {
    let context: DecodingError.Context
    switch error {
    case .typeMismatch(_, let given), .valueNotFound(_, let given), .keyNotFound(_, let given),
      .dataCorrupted(let given):
      context = given
    @unknown default: return "\(error)"
    }
    let place = context.codingPath.map(\.stringValue).joined(separator: ".")
    return (place.isEmpty ? "" : "\(place): ") + context.debugDescription
  }
}
