package import CFVFiles
import ConvolutionalNetworks
import Foundation

/// The fields of an ONNX file outside its graph: who made it, what it is about, its licence.
///
/// Read from the bytes by themselves, and not with the graph: they are few, and tell an ONNX file from any other.
/// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
package struct ONNXModelFields {
  /// Free text by key: `metadata_props`, and the other fields by their names.
  let metadata: [String: String]

  /// The numbers of ModelProto's fields that are text.
  private static let texts: KeyValuePairs<Int, String> = [
    2: "producer_name", 3: "producer_version", 4: "domain", 6: "doc_string",
  ]
  private static let version = (number: 5, name: "model_version")
  private static let properties = 14
  private static let graph = 7
  /// Fields of a newer ONNX may have higher numbers than those of today, 1 to 26.
  private static let greatestField = 64
  private static let mostFields = 100_000
  private static let longestText = 1 << 20
  /// What an entry takes besides its text.
  private static let entryCost = 128

  /// The fields of a file; `nil` where its bytes are no ONNX file from the first to the last.
  ///
  /// - Complexity: O(fields outside the graph), whatever the graph's size.
  package init?(_ file: FileBytes, limits: ReadingLimits = ReadingLimits()) throws(FileFailure) {
    var bytes = WindowedBytes(file)
    var budget = ReadingBudget(limits, fileSize: file.count)
    var metadata: [String: String] = [:]
    var hasGraph = false
    var position = 0
    var count = 0
    while position < file.count {
      guard let field = try bytes.field(at: position, before: file.count),
        (1...Self.greatestField).contains(field.number), count < Self.mostFields
      else { return nil }
      count += 1
      position = field.whole.upperBound
      if field.number == Self.graph {
        guard let contents = field.contents, !contents.isEmpty else { return nil }
        hasGraph = true
      } else if field.number == Self.version.number, let number = field.varint, number > 0 {
        metadata[Self.version.name] = "\(number)"
      } else if let contents = field.contents, contents.count <= Self.longestText,
        (try? budget.take(2, of: contents.count + Self.entryCost)) != nil
      {
        if let name = Self.texts.first(where: { $0.key == field.number })?.value {
          let text = String(decoding: try bytes.bytes(contents), as: UTF8.self)
          if !text.isEmpty { metadata[name] = text }
        } else if field.number == Self.properties,
          let (key, value) = try Self.property(contents, &bytes)
        {
          metadata[key] = value
        }
      }
    }
    guard hasGraph else { return nil }
    self.metadata = metadata
  }

  /// A StringStringEntryProto: key 1, value 2.
  private static func property(_ range: Range<Int>, _ bytes: inout WindowedBytes)
    throws(FileFailure) -> (key: String, value: String)?
  {
    var texts: [Int: String] = [:]
    var position = range.lowerBound
    while position < range.upperBound {
      guard let field = try bytes.field(at: position, before: range.upperBound) else { return nil }
      if (1...2).contains(field.number), let contents = field.contents {
        texts[field.number] = String(decoding: try bytes.bytes(contents), as: UTF8.self)
      }
      position = field.whole.upperBound
    }
    guard let key = texts[1], !key.isEmpty else { return nil }
    return (key, texts[2] ?? "")
  }

  /// The bytes of the fields that hold `metadata`, to be put behind a model's others: protobuf takes fields in any order.
  static func bytes(of metadata: [String: String]) -> Data {
    var data = Data()
    var rest = metadata
    for (number, name) in texts {
      if let text = rest.removeValue(forKey: name) { data.append(field(number, Data(text.utf8))) }
    }
    if let text = rest[version.name], let number = UInt64(text) {
      rest[version.name] = nil
      data.append(contentsOf: [UInt8(version.number << 3)] + varint(number))
    }
    for (key, value) in rest.sorted(by: { $0.key < $1.key }) {
      data.append(
        field(properties, field(1, Data(key.utf8)) + field(2, Data(value.utf8))))
    }
    return data
  }

  private static func field(_ number: Int, _ contents: Data) -> Data {
    Data(varint(UInt64(number) << 3 | 2) + varint(UInt64(contents.count))) + contents
  }

  private static func varint(_ number: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }
}
