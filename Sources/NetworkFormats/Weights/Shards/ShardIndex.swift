package import CFVFiles
internal import ConvolutionalNetworks

/// The index of weights in several files: which tensor is in which.
///
/// https://huggingface.co/docs/safetensors/metadata_parsing and `pytorch_model.bin.index.json` alike:
/// `{"metadata": {…}, "weight_map": {"conv1.weight": "model-00001-of-00002.safetensors", …}}`.
package struct ShardIndex {
  /// The tensors with the files that they are in, in the index's order.
  let places: [(tensor: String, file: String)]
  /// The free text of the index.
  let metadata: [String: String]

  private static let map = "weight_map"
  private static let metadataKey = "metadata"
  /// What is looked through for the key that tells an index.
  private static let headSize = 1 << 16
  private static let largestFile = 256 << 20
  /// What an entry takes besides its texts.
  private static let entryCost = 256

  /// Whether bytes begin as an index does.
  package static func isIndex(_ bytes: FileBytes) throws(FileFailure) -> Bool {
    let head = try bytes.bytes(0..<min(bytes.count, headSize))
    guard head.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "{"),
      !head.contains(0)
    else { return false }
    return String(decoding: head, as: UTF8.self).contains("\"\(map)\"")
  }

  /// The index that `bytes` are.
  ///
  /// - Throws: `WeightsFileError.Problem`.
  init(_ bytes: FileBytes, limits: ReadingLimits) throws(WeightsFileError.Problem) {
    let text: [UInt8]
    do throws(FileFailure) {
      text = try bytes.bytes(0..<min(bytes.count, Self.largestFile))
    } catch {
      throw .unreadable(reason: error.reason)
    }
    var reader = JSONReader(
      text, limits: limits, budget: ReadingBudget(limits, fileSize: bytes.count))
    var places: [(tensor: String, file: String)] = []
    var metadata: [String: String] = [:]
    var seen: Set<String> = []
    do throws(JSONReader.Failure) {
      try reader.object { reader, key throws(JSONReader.Failure) in
        switch key {
        case Self.map:
          try reader.object { reader, tensor throws(JSONReader.Failure) in
            try reader.take(Self.entryCost)
            guard places.count < limits.nodes else {
              throw .exceedsLimits(
                reason: "it has more than \(limits.nodes) tensors (ReadingLimits.nodes)")
            }
            guard seen.insert(tensor).inserted else {
              throw .unexpected(reason: "it has the tensor '\(tensor)' twice")
            }
            places.append((tensor, try reader.string()))
          }
        case Self.metadataKey where try reader.kind() == .object:
          try reader.object { reader, key throws(JSONReader.Failure) in
            guard try reader.kind() == .string else { return try reader.skip() }
            try reader.take(Self.entryCost)
            metadata[key] = try reader.string()
          }
        default: try reader.skip()
        }
      }
      _ = try reader.finish()
    } catch {
      if case .exceedsLimits(let reason) = error { throw .exceedsLimits(reason: reason) }
      throw .damaged(reason: "it is no index of weights in several files: \(error)")
    }
    self.places = places
    self.metadata = metadata
  }
}
