internal import CFVFiles
internal import ConvolutionalNetworks
internal import Foundation

/// Reads files of the safetensors format: a header of names, types and places, then the bytes.
///
/// https://github.com/huggingface/safetensors#format
enum SafetensorsFile {
  /// As the reference implementation bounds it.
  private static let largestHeader = 100_000_000
  /// The bytes of the header's length.
  static let lengthSize = 8

  private static let types: [String: ElementType] = [
    "F16": .float16, "BF16": .bfloat16, "F32": .float32, "F64": .float64,
    "F8_E4M3": .float8e4m3, "F8_E5M2": .float8e5m2,
    "BOOL": .bool, "U8": .uint8, "I8": .int8, "U16": .uint16, "I16": .int16, "U32": .uint32,
    "I32": .int32, "U64": .uint64, "I64": .int64,
  ]

  /// The tensors in the order of their bytes; `reading` is the one at fault where this throws.
  static func content(of bytes: FileBytes, limits: ReadingLimits, reading: inout String?)
    throws(WeightsFileError.Problem) -> WeightsContent
  {
    let json = try header(of: bytes)
    let first = lengthSize + json.count
    let header = try SafetensorsHeader(json: json, limits: limits, fileSize: bytes.count)
    let unread = Set(header.tensors.map(\.type).filter { types[$0] == nil })
    guard unread.isEmpty else { throw .elementTypes(unread.sorted()) }
    var end = 0
    var entries: [StateDictionary.Entry] = []
    for tensor in header.tensors {
      reading = tensor.name
      guard tensor.start == end else {
        throw .damaged(
          reason: "its bytes begin at \(tensor.start) where those before it end at \(end)")
      }
      guard tensor.end <= bytes.count - first else {
        throw .damaged(
          reason: "its bytes end at \(tensor.end) of the \(bytes.count - first) after the header")
      }
      guard let type = types[tensor.type] else { throw .elementTypes([tensor.type]) }
      let layout = try StridedLayout(shape: tensor.shape)
      guard tensor.end - tensor.start == layout.count * type.byteCount else {
        throw .damaged(
          reason: """
            \(tensor.end - tensor.start) bytes are not the \(layout.count * type.byteCount) that \
            \(tensor.type) of the shape \(tensor.shape) takes
            """)
      }
      end = tensor.end
      let stored = try StoredTensor(
        type, layout, first: 0, storage: (first + tensor.start)..<(first + end), of: bytes)
      entries.append(StateDictionary.Entry(name: tensor.name, stored, limits: limits))
    }
    reading = nil
    guard end == bytes.count - first else {
      throw .damaged(reason: "\(bytes.count - first - end) bytes at its end belong to no tensor")
    }
    return WeightsContent(
      groups: [TensorGroup(path: "", entries: entries)], metadata: header.metadata)
  }

  private static func header(of bytes: FileBytes) throws(WeightsFileError.Problem) -> [UInt8] {
    do throws(FileFailure) {
      let length = try bytes.bytes(0..<min(bytes.count, lengthSize)).reversed()
        .reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      if bytes.count >= lengthSize, length <= largestHeader,
        length <= UInt64(bytes.count - lengthSize)
      {
        return try bytes.bytes(lengthSize..<(lengthSize + Int(length)))
      }
    } catch {
      throw .unreadable(reason: error.reason)
    }
    throw .damaged(reason: "its header does not fit the \(bytes.count) bytes of the file")
  }
}
