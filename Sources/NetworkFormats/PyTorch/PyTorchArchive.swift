internal import CFVFiles
internal import ConvolutionalNetworks

/// Reads what `torch.save` has written since PyTorch 1.6: a zip archive of a pickle and one entry a storage.
///
/// https://docs.pytorch.org/docs/stable/notes/serialization.html
enum PyTorchArchive {
  private static let pickle = "/data.pkl"
  private static let longestFolder = 1_024

  /// The tensors in the pickle's order; `reading` is the one at fault where this throws.
  static func entries(of bytes: FileBytes, limits: ReadingLimits, reading: inout String?)
    throws(WeightsFileError.Problem) -> [StateDictionary.Entry]
  {
    let archive: ZipArchive
    do throws(FileFailure) { archive = try ZipArchive(bytes) } catch {
      throw .damaged(reason: error.reason)
    }
    let pickles = archive.names.filter { $0.hasSuffix(pickle) }
    guard pickles.count == 1, let range = archive.range(of: pickles[0]) else {
      throw .unsupported("a zip archive with \(pickles.count) pickles of tensors")
    }
    let folder = pickles[0].dropLast(pickle.count)
    // It is part of the name of each storage.
    guard folder.utf8.count <= longestFolder else {
      throw .damaged(reason: "its folder has a name of \(folder.utf8.count) bytes")
    }
    try checkByteOrder(of: archive, folder: folder)
    var unpickler = Unpickler(
      PickleCursor(bytes, range), limits: limits, fileSize: bytes.count)
    let root = try unpickler.run()
    var entries: [StateDictionary.Entry] = []
    for (name, tensor) in try PickledStateDictionary(root, of: unpickler).tensors {
      reading = name
      let storage = tensor.storage
      guard let contents = archive.range(of: "\(folder)/data/\(storage.key)") else {
        throw .damaged(reason: "its storage '\(storage.key)' is not in the archive")
      }
      entries.append(
        StateDictionary.Entry(
          name: name, try StoredTensor(tensor, in: contents, of: bytes), limits: limits))
    }
    reading = nil
    return entries
  }

  private static func checkByteOrder(of archive: ZipArchive, folder: Substring)
    throws(WeightsFileError.Problem)
  {
    guard let range = archive.range(of: "\(folder)/byteorder"), range.count <= 16 else { return }
    do throws(FileFailure) {
      guard try archive.bytes.bytes(range) == Array("big".utf8) else { return }
    } catch {
      throw .unreadable(reason: error.reason)
    }
    throw .unsupported("the byte order 'big'")
  }
}

extension StoredTensor {
  /// A pickled tensor whose storage is the stretch `contents` of a file.
  init(_ tensor: PickledTensor, in contents: Range<Int>, of bytes: FileBytes)
    throws(WeightsFileError.Problem)
  {
    let storage = tensor.storage
    let available = contents.count / storage.type.byteCount
    guard storage.count <= available else {
      throw .layout(
        reason: "its storage '\(storage.key)' has \(available) elements, not \(storage.count)")
    }
    let start = contents.lowerBound + storage.view.lowerBound * storage.type.byteCount
    try self.init(
      storage.type, tensor.layout, first: tensor.first,
      storage: start..<(start + storage.view.count * storage.type.byteCount), of: bytes)
  }
}
