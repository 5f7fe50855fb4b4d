internal import CFVFiles
import ConvolutionalNetworks
import Foundation

/// A sidecar as it is written, before its numbers are checked.
struct SidecarContent {
  private(set) var channelOrder: InputSpecification.ChannelOrder?
  private(set) var valueRange: [Float]?
  private(set) var mean: [Float]?
  private(set) var standardDeviation: [Float]?
  private(set) var labels: Labels?

  /// The names of the classes, or the name of the file that has them line by line.
  enum Labels {
    case names([String])
    case file(String)
  }

  /// More than the names of any network's classes take.
  private static let largestFile = 64 << 20

  init(contentsOf url: URL, limits: ReadingLimits) throws(NetworkSidecarError) {
    let data: Data
    do throws(FileFailure) { data = try WholeFile(url).read(atMost: Self.largestFile) } catch {
      throw NetworkSidecarError(file: url.path, reason: "cannot be read: \(error.reason)")
    }
    var reader = JSONReader(
      Array(data), limits: limits, budget: ReadingBudget(limits, fileSize: data.count))
    var reading: String?
    do throws(JSONReader.Failure) {
      guard try reader.kind() == .object else {
        throw .unexpected(reason: "is no JSON object, such as {\"channelOrder\": \"RGB\", …}")
      }
      try reader.object { reader, key throws(JSONReader.Failure) in
        reading = key
        try read(key, &reader)
        reading = nil
      }
      _ = try reader.finish()
    } catch {
      // Where the text itself is broken, the key before the fault says little.
      if case .malformed = error { reading = nil }
      throw NetworkSidecarError(file: url.path, key: reading, reason: "\(error)")
    }
  }

  private mutating func read(_ key: String, _ reader: inout JSONReader)
    throws(JSONReader.Failure)
  {
    if try reader.kind() == .null { return try reader.null() }
    switch key {
    case "channelOrder": channelOrder = try SidecarChannels(reading: &reader).order
    case "valueRange": valueRange = try Self.numbers(&reader)
    case "mean": mean = try Self.numbers(&reader)
    case "standardDeviation": standardDeviation = try Self.numbers(&reader)
    case "labels":
      labels =
        try reader.kind() == .string ? .file(try reader.string()) : .names(try Self.names(&reader))
    default: try reader.skip()
    }
  }

  static func numbers(_ reader: inout JSONReader) throws(JSONReader.Failure) -> [Float] {
    let expected = JSONReader.Failure.unexpected(reason: "takes a list of numbers")
    guard try reader.kind() == .array else { throw expected }
    var numbers: [Float] = []
    try reader.array { reader throws(JSONReader.Failure) in
      guard try reader.kind() == .number else { throw expected }
      try reader.take(2 * MemoryLayout<Float>.stride)
      let number = Float(try reader.number())
      guard number.isFinite else { throw .unexpected(reason: "a number is too large") }
      numbers.append(number)
    }
    return numbers
  }

  private static func names(_ reader: inout JSONReader) throws(JSONReader.Failure) -> [String] {
    let expected = JSONReader.Failure.unexpected(
      reason: "takes a list of texts, or the name of a file beside the sidecar")
    guard try reader.kind() == .array else { throw expected }
    var names: [String] = []
    try reader.array { reader throws(JSONReader.Failure) in
      guard try reader.kind() == .string else { throw expected }
      try reader.take(2 * MemoryLayout<String>.stride)
      names.append(try reader.string())
    }
    return names
  }

  /// The preprocessing; `nil` where no key speaks of it.
  func specification(file: String) throws(NetworkSidecarError) -> InputSpecification? {
    func fail(_ key: String, _ reason: String) -> NetworkSidecarError {
      NetworkSidecarError(file: file, key: key, reason: reason)
    }
    if channelOrder == nil, valueRange == nil, mean == nil, standardDeviation == nil { return nil }
    guard let order = channelOrder else { throw fail("channelOrder", "is missing") }
    do throws(VisualizationError) { _ = try InputSpecification(channelOrder: order) } catch {
      throw fail("channelOrder", "\(error)")
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
    do throws(VisualizationError) {
      return try InputSpecification(
        channelOrder: order, valueRange: valueRange[0]...valueRange[1], mean: mean ?? [0],
        standardDeviation: standardDeviation ?? [1])
    } catch {
      throw fail("valueRange", "\(error)")
    }
  }
}
