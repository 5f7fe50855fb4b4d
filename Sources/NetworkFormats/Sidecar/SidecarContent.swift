import ConvolutionalNetworks
import Foundation

/// A sidecar as it is written, before its numbers are checked.
struct SidecarContent: Decodable {
  var channelOrder: String?
  var valueRange: [Float]?
  var mean: [Float]?
  var standardDeviation: [Float]?
  var labels: Labels?

  /// The names of the classes, or the name of the file that has them line by line.
  enum Labels: Decodable {
    case names([String])
    case file(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let name = try? container.decode(String.self) {
        self = .file(name)
      } else {
        self = .names(try container.decode([String].self))
      }
    }
  }

  init(contentsOf url: URL) throws(NetworkSidecarError) {
    do {
      self = try JSONDecoder().decode(Self.self, from: try Data(contentsOf: url))
    } catch let error as DecodingError {
      throw error.sidecarError(file: url.path)
    } catch {
      throw NetworkSidecarError(
        file: url.path, reason: "cannot be read: \(error.localizedDescription)")
    }
  }

  /// The preprocessing; `nil` where no key speaks of it.
  func specification(file: String) throws(NetworkSidecarError) -> InputSpecification? {
    func fail(_ key: String, _ reason: String) -> NetworkSidecarError {
      NetworkSidecarError(file: file, key: key, reason: reason)
    }
    if channelOrder == nil, valueRange == nil, mean == nil, standardDeviation == nil { return nil }
    guard let name = channelOrder else { throw fail("channelOrder", "is missing") }
    guard let order = InputSpecification.ChannelOrder(rawValue: name) else {
      let known = InputSpecification.ChannelOrder.allCases.map(\.rawValue)
      throw fail("channelOrder", "'\(name)' is none of \(known.joined(separator: ", "))")
    }
    guard let valueRange else { throw fail("valueRange", "is missing") }
    guard valueRange.count == 2, valueRange[0] < valueRange[1] else {
      throw fail("valueRange", "takes a smaller and a larger number, not \(valueRange)")
    }
    for (key, numbers) in [("mean", mean), ("standardDeviation", standardDeviation)] {
      guard let numbers, ![1, order.channelCount].contains(numbers.count) else { continue }
      throw fail(key, "takes \(order.channelCount) numbers, not \(numbers.count)")
    }
    guard standardDeviation?.allSatisfy({ $0 > 0 }) ?? true else {
      throw fail("standardDeviation", "must be positive")
    }
    do throws(NetworkError) {
      return try InputSpecification(
        channelOrder: order, valueRange: valueRange[0]...valueRange[1], mean: mean ?? [0],
        standardDeviation: standardDeviation ?? [1])
    } catch {
      throw fail("valueRange", "\(error)")
    }
  }
}

extension DecodingError {
  /// The error with the outermost key it is about.
  fileprivate func sidecarError(file: String) -> NetworkSidecarError {
    switch self {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .keyNotFound(_, let context), .dataCorrupted(let context):
      let key = context.codingPath.first?.stringValue
      return NetworkSidecarError(
        file: file, key: key,
        reason: (key == nil ? "is no JSON object of known form: " : "") + context.debugDescription)
    @unknown default:
      return NetworkSidecarError(file: file, reason: "is not JSON")
    }
  }
}
