internal import CFVFiles
internal import ConvolutionalNetworks

/// Reads what `torch.save` wrote before PyTorch 1.6: five pickles (magic number, protocol, system, the object,
/// the storages' keys), then of each storage the number of its elements and its bytes.
enum LegacyPyTorchFile {
  private static let magicNumber: [UInt8] = [
    0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
  ]
  private static let protocolVersion = 1001
  private static let countSize = 8

  /// The tensors in the pickle's order; `reading` is the one at fault where this throws.
  static func content(of bytes: FileBytes, limits: ReadingLimits, reading: inout String?)
    throws(WeightsFileError.Problem) -> WeightsContent
  {
    guard try isLegacy(bytes) else {
      throw .unsupported("a pickle that torch.save has not written")
    }
    var unpickler = Unpickler(
      PickleCursor(bytes, magicNumber.count..<bytes.count), limits: limits, fileSize: bytes.count)
    let version = try unpickler.run().int
    guard version == protocolVersion else {
      throw .unsupported("protocol \(version.map(String.init) ?? "?") of torch.save")
    }
    try checkByteOrder(try unpickler.run(), of: unpickler)
    let root = try unpickler.run()
    let keys = try unpickler.run()
    let checkpoint = try PickledCheckpoint(root, in: &unpickler.arena)
    let storages = try storages(keys, of: unpickler, in: bytes)
    return try checkpoint.content(of: bytes, limits: limits, reading: &reading) {
      storages[$0.key]
    }
  }

  private static func isLegacy(_ bytes: FileBytes) throws(WeightsFileError.Problem) -> Bool {
    do throws(FileFailure) {
      return try bytes.bytes(0..<min(bytes.count, magicNumber.count)) == magicNumber
    } catch {
      throw .unreadable(reason: error.reason)
    }
  }

  private static func checkByteOrder(_ system: PickleValue, of unpickler: Unpickler)
    throws(WeightsFileError.Problem)
  {
    guard case .dictionary(let index) = system else {
      throw .damaged(reason: "it does not say on which system it was written")
    }
    for item in unpickler.arena.dictionaries[index] where item.key.string == "little_endian" {
      if case .bool(false) = item.value { throw .unsupported("the byte order 'big'") }
    }
  }

  /// Where the storages lie, which follow one another behind the pickles.
  private static func storages(
    _ keys: PickleValue, of unpickler: Unpickler, in bytes: FileBytes
  ) throws(WeightsFileError.Problem) -> [String: Range<Int>] {
    guard case .list(let index) = keys else { throw .damaged(reason: "it lists no storages") }
    var cursor = unpickler.cursor
    var storages: [String: Range<Int>] = [:]
    let unread = Set(unpickler.arena.unreadStorages.values)
    // How long they are is unknown, and so where the others lie.
    guard unread.isEmpty else { throw .elementTypes(unread.sorted()) }
    for value in unpickler.arena.lists[index] {
      guard let key = value.string, let type = unpickler.arena.storageTypes[key] else {
        throw .damaged(reason: "it lists a storage that nothing refers to")
      }
      let count = try cursor.number(byteCount: countSize)
      let available = UInt64(bytes.count - cursor.position) / UInt64(type.byteCount)
      guard count <= available, storages[key] == nil else {
        throw .damaged(
          reason:
            "storage '\(key)' of \(count) elements does not fit the \(available) that are left")
      }
      let end = cursor.position + Int(count) * type.byteCount
      storages[key] = cursor.position..<end
      cursor.skip(to: end)
    }
    return storages
  }
}
