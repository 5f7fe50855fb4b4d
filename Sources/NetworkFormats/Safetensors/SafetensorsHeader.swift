internal import Foundation

/// The JSON object at the beginning of a safetensors file.
struct SafetensorsHeader: Decodable {
  /// The tensors in the order of their bytes.
  let tensors: [Description]

  struct Description {
    let name: String
    let type: String
    let shape: [Int]
    let start: Int
    let end: Int
  }

  private struct Value: Decodable {
    let dtype: String
    let shape: [Int]
    let offsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case offsets = "data_offsets"
    }
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    var tensors: [Description] = []
    for key in container.allKeys where key.stringValue != Self.metadataKey {
      let value = try container.decode(Value.self, forKey: key)
      guard value.offsets.count == 2, value.offsets[0] >= 0, value.offsets[0] <= value.offsets[1]
      else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: "data_offsets are no range of bytes")
      }
      tensors.append(
        Description(
          name: key.stringValue, type: value.dtype, shape: value.shape, start: value.offsets[0],
          end: value.offsets[1]))
    }
    // Tensors without elements share a place: their names put them in order.
    self.tensors = tensors.sorted { ($0.start, $0.end, $0.name) < ($1.start, $1.end, $1.name) }
  }

  /// The header that `json` is.
  ///
  /// - Throws: `WeightsFileError.Problem.damaged`.
  init(json: [UInt8]) throws(WeightsFileError.Problem) {
    do { self = try JSONDecoder().decode(Self.self, from: Data(json)) } catch {
      throw .damaged(reason: "its header is no JSON object of tensors\(Self.place(of: error))")
    }
  }

  /// Free text about the file, which is no tensor.
  private static let metadataKey = "__metadata__"

  private static func place(of error: any Error) -> String {
    let context: DecodingError.Context? =
      switch error as? DecodingError {
      case .typeMismatch(_, let context), .valueNotFound(_, let context),
        .keyNotFound(_, let context), .dataCorrupted(let context):
        context
      default: nil
      }
    return context?.codingPath.first.map { ": '\($0.stringValue)'" } ?? ""
  }
}
