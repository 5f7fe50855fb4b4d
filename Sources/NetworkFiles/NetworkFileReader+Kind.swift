internal import CFVFiles
internal import Foundation
internal import NetworkFormats

extension NetworkFileReader {
  /// The kind of the file; `nil` where nothing tells.
  ///
  /// Refuses what no reader is asked to read, in the words of somebody who has named the wrong thing.
  func kind() throws(NetworkFileError) -> NetworkFileKind? {
    func unreadable(_ reason: String) -> NetworkFileError {
      .unreadable(file: url.relativePath, reason: reason)
    }
    var status = stat()
    guard stat(url.path, &status) == 0 else {
      throw unreadable(
        errno == ENOENT ? "no such file" : "cannot be read: \(String(cString: strerror(errno)))")
    }
    if let advice = SavedModelFolder.advice(url) { throw unreadable(advice) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR where WeightsLocation.weights(inFolder: url) != nil: return .weights
    case S_IFDIR:
      throw unreadable(
        """
        a folder is no network; say a file in it
        """)
    default: throw unreadable("it is no regular file")
    }
    guard status.st_size > 0 else { throw unreadable("the file is empty") }
    let head: [UInt8]
    let kind: NetworkFileKind?
    do throws(FileFailure) {
      let bytes = try FileBytes(url)
      head = try bytes.bytes(0..<min(bytes.count, ForeignFormat.headSize))
      kind = try NetworkFileKind(of: bytes, extension: url.pathExtension)
    } catch {
      throw unreadable("cannot be read: \(error.reason)")
    }
    if let foreign = ForeignFormat(head: head) {
      throw .foreignFormat(file: url.relativePath, explanation: foreign.explanation)
    }
    return kind
  }
}
