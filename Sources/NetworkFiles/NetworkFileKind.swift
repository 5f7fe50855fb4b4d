internal import CFVFiles
internal import Foundation
internal import NetworkFormats

/// What a file is by its bytes; where they do not tell, such as those of a damaged file, its name decides.
enum NetworkFileKind {
  case onnx
  /// Keras' archive of a model, `.keras`.
  case kerasArchive
  /// HDF5, in which Keras stores models and weights alike.
  case hdf5
  /// Weights: safetensors, PyTorch, or the index of either in several files.
  case weights
  /// Whatever it is, it begins as ONNX files may.
  case maybeONNX

  /// The kind of a file; `nil` where nothing tells.
  init?(of bytes: FileBytes, extension ending: String) throws(FileFailure) {
    let start = try bytes.bytes(0..<min(bytes.count, 9))
    if try ZipArchive.isArchive(bytes) {
      self = Self.isKeras(bytes, ending) ? .kerasArchive : .weights
    } else if start.starts(with: [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .hdf5
    } else if Self.isPickle(start) || Self.isSafetensors(start, count: bytes.count) {
      self = .weights
    } else if try ShardIndex.isIndex(bytes) {
      self = .weights
    } else if try ONNXModelFields(bytes) != nil {
      self = .onnx
    } else if let kind = Self(named: ending) {
      self = kind
    } else if let first = start.first, Self.onnxTags.contains(first) {
      self = .maybeONNX
    } else {
      return nil
    }
  }

  private init?(named ending: String) {
    switch ending.lowercased() {
    case "onnx": self = .onnx
    case "keras": self = .kerasArchive
    case "h5", "hdf5": self = .hdf5
    case "pth", "pt", "th", "ckpt", "bin", "tar", "safetensors": self = .weights
    default: return nil
    }
  }

  /// Of archives PyTorch writes others, and those that are damaged go by their name.
  private static func isKeras(_ bytes: FileBytes, _ ending: String) -> Bool {
    guard let names = try? ZipArchive.names(in: bytes) else {
      return ending.lowercased() == "keras"
    }
    return names.contains("config.json") || names.contains("model.weights.h5")
  }

  /// The instruction that states a pickle's protocol, 2 to 5.
  private static func isPickle(_ start: [UInt8]) -> Bool {
    start.count > 1 && start[0] == 0x80 && (2...5).contains(start[1])
  }

  /// A header of JSON behind its length.
  private static func isSafetensors(_ start: [UInt8], count: Int) -> Bool {
    guard start.count == 9, start[8] == UInt8(ascii: "{") else { return false }
    let length = start[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return length <= UInt64(count - 8)
  }

  /// The tags of the fields of ONNX's ModelProto that come first: version, producer, domain, text, graph, operators.
  /// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
  private static let onnxTags: Set<UInt8> = [0x08, 0x12, 0x1A, 0x22, 0x28, 0x32, 0x3A, 0x42]
}
