internal import CFVFiles
import ConvolutionalNetworks
import Foundation
import SwiftProtobuf

/// An ONNX file without the bytes of its large weights, which stay in the file until they are wanted.
///
/// A parsed message holds every byte once more; weights are most of a file.
/// https://protobuf.dev/programming-guides/encoding
struct ONNXOutline {
  /// The message; weights in `places` have no data.
  let model: ONNXModelProto
  /// Where in the file the bytes of an initializer lie, by its position.
  let places: [Int: Range<Int>]

  /// Smaller weights are as well parsed.
  static let smallestWeight = 4096

  /// - Parameter budget: what parsing takes is counted before it is parsed.
  /// - Throws: `FileFailure`, `ONNXError.Problem.tooMuchMemory`, or SwiftProtobuf's error for what is no message.
  init(
    _ bytes: FileBytes, _ budget: inout ReadingBudget, smallestWeight: Int = smallestWeight
  ) throws {
    var cutter = WeightCutter(bytes, smallestWeight: smallestWeight)
    let rest: Data
    if let cut = try cutter.model(), !cutter.places.isEmpty {
      rest = cut
      places = cutter.places
    } else {
      // What cannot be cut is parsed as it is, so that an error is the parser's own.
      rest = Data(try bytes.bytes(0..<bytes.count))
      places = [:]
    }
    try budget.counting(ONNXMessageCount.count(in: rest), of: ONNXMessageCount.size)
    var options = BinaryDecodingOptions()
    options.discardUnknownFields = true
    model = try ONNXModelProto(serializedBytes: rest, options: options)
  }
}

/// Copies a message field by field, but for the `raw_data` of `graph.initializer`.
private struct WeightCutter {
  private var bytes: WindowedBytes
  private let smallestWeight: Int
  private(set) var places: [Int: Range<Int>] = [:]
  private var initializers = 0

  // The numbers of the fields: ModelProto.graph, GraphProto.initializer, TensorProto.raw_data.
  private static let graph = 7
  private static let initializer = 5
  private static let rawData = 9

  init(_ bytes: FileBytes, smallestWeight: Int) {
    self.bytes = WindowedBytes(bytes)
    self.smallestWeight = smallestWeight
  }

  /// The message without large weights; `nil` where it is none, or has several graphs.
  mutating func model() throws(FileFailure) -> Data? {
    var graphs = 0
    return try copy(0..<bytes.count) { cutter, field throws(FileFailure) in
      guard field.number == Self.graph, let contents = field.contents else { return .keep }
      graphs += 1
      guard graphs == 1, let graph = try cutter.graph(contents) else { return .giveUp }
      return .replace(graph)
    }
  }

  private mutating func graph(_ range: Range<Int>) throws(FileFailure) -> Data? {
    try copy(range) { cutter, field throws(FileFailure) in
      guard field.number == Self.initializer, let contents = field.contents else { return .keep }
      let tensor = try cutter.tensor(contents, position: cutter.initializers)
      cutter.initializers += 1
      return tensor.map { .replace($0) } ?? .giveUp
    }
  }

  private mutating func tensor(_ range: Range<Int>, position: Int) throws(FileFailure) -> Data? {
    try copy(range) { cutter, field throws(FileFailure) in
      guard field.number == Self.rawData, let contents = field.contents,
        contents.count >= cutter.smallestWeight
      else { return .keep }
      // Of a field that stands there twice the last one counts, which is not worth the trouble.
      guard cutter.places.updateValue(contents, forKey: position) == nil else { return .giveUp }
      return .drop
    }
  }

  private enum Decision {
    case keep, drop, giveUp
    /// The field with other contents.
    case replace(Data)
  }

  private mutating func copy(
    _ range: Range<Int>,
    _ decide: (inout WeightCutter, ProtobufField) throws(FileFailure) -> Decision
  ) throws(FileFailure) -> Data? {
    var result = Data()
    var position = range.lowerBound
    while position < range.upperBound {
      guard let field = try bytes.field(at: position, before: range.upperBound) else { return nil }
      switch try decide(&self, field) {
      case .keep: result.append(contentsOf: try bytes.bytes(field.whole))
      case .drop: break
      case .giveUp: return nil
      case .replace(let contents):
        Self.append(UInt64(field.number) << 3 | 2, to: &result)
        Self.append(UInt64(contents.count), to: &result)
        result.append(contents)
      }
      position = field.whole.upperBound
    }
    return result
  }

  private static func append(_ number: UInt64, to data: inout Data) {
    var rest = number
    while rest >= 0x80 {
      data.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    data.append(UInt8(rest))
  }
}
