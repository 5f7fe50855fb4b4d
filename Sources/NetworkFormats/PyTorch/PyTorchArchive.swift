internal import CFVFiles
internal import ConvolutionalNetworks

/// Reads what `torch.save` has written since PyTorch 1.6: a zip archive of a pickle and one entry a storage.
///
/// https://docs.pytorch.org/docs/stable/notes/serialization.html
enum PyTorchArchive {
  private static let pickle = "/data.pkl"
  /// What TorchScript has beside the pickle, and nothing else.
  private static let constants = "/constants.pkl"
  private static let arrays = ".npy"
  /// What archives of exported programs (`.pt2`) name themselves by.
  private static let program = "archive_format"
  private static let longestFolder = 1_024

  /// The tensors in the pickle's order; `reading` is the one at fault where this throws.
  static func content(of bytes: FileBytes, limits: ReadingLimits, reading: inout String?)
    throws(WeightsFileError.Problem) -> WeightsContent
  {
    let archive: ZipArchive
    do throws(FileFailure) { archive = try ZipArchive(bytes) } catch {
      // TorchScript compresses its code, which nobody else's archive is to do.
      if let names = try? ZipArchive.names(in: bytes) { try refuseOthers(names) }
      throw .damaged(reason: error.reason)
    }
    try refuseOthers(archive.names)
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
    let checkpoint = try PickledCheckpoint(root, in: &unpickler.arena)
    return try checkpoint.content(of: bytes, limits: limits, reading: &reading) { storage in
      archive.range(of: "\(folder)/data/\(storage.key)")
    }
  }

  /// Refuses archives of other kinds in the words of somebody who has mixed them up.
  private static func refuseOthers(_ names: [String]) throws(WeightsFileError.Problem) {
    if names.contains(where: { $0.hasSuffix(constants) }) { throw .torchScript }
    if names.contains(where: { $0.hasSuffix(pickle) }) { return }
    if names.contains(where: { $0.hasSuffix(program) }) { throw .exportedProgram }
    if !names.isEmpty, names.allSatisfy({ $0.hasSuffix(arrays) }) {
      throw .unsupported("an archive of NumPy's arrays (.npz)")
    }
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
