import ConvolutionalNetworks
import Foundation

/// Reads the float32 tensors of a safetensors file, which the tests trust.
///
/// The file is the length of a JSON header (8 bytes, little endian), the header, and the tensors' bytes.
struct SafetensorsReader {
  private struct Entry: Decodable {
    let dtype: String
    let shape: [Int]
    let offsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case offsets = "data_offsets"
    }
  }

  /// What a file may have wrong with it.
  struct Malformed: Error {
    let reason: String
  }

  private let entries: [String: Entry]
  private let data: Data

  init(_ url: URL) throws {
    let file = try Data(contentsOf: url)
    guard file.count >= 8 else { throw Malformed(reason: "no header") }
    let length = file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= file.count - 8 else { throw Malformed(reason: "the header is cut off") }
    entries = try JSONDecoder().decode([String: Entry].self, from: file[8..<(8 + length)])
    data = file[(8 + length)...]
  }

  /// The names of the tensors in alphabetical order.
  var names: [String] { entries.keys.sorted() }

  /// The tensor of a name.
  func tensor(_ name: String) throws -> Tensor {
    guard let entry = entries[name], entry.dtype == "F32", entry.offsets.count == 2 else {
      throw Malformed(reason: "no float32 tensor '\(name)'")
    }
    let (start, end) = (entry.offsets[0], entry.offsets[1])
    guard start <= end, end <= data.count, end - start == 4 * entry.shape.reduce(1, *) else {
      throw Malformed(reason: "the bytes of '\(name)' do not make up \(entry.shape)")
    }
    return Tensor(shape: entry.shape) { target in
      _ = data[(data.startIndex + start)..<(data.startIndex + end)].copyBytes(
        to: UnsafeMutableRawBufferPointer(target))
    }
  }
}
