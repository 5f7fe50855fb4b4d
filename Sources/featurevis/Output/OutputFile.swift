import CFVFiles
import Foundation

/// A file that is written when the work is done; a place that cannot be written to is refused before it.
struct OutputFile {
  /// Where the file goes.
  let url: URL

  /// The path as it was given.
  var path: String { url.relativePath }

  private var folder: URL { url.deletingLastPathComponent() }

  /// - Throws: `ToolError` where the file could not be written.
  init(_ path: String) throws {
    guard !path.isEmpty, !path.contains("\0") else {
      throw ToolError("cannot write '\(path)': no file has such a name")
    }
    url = URL(fileURLWithPath: path)
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue
    {
      throw ToolError("cannot write '\(path)': it is a folder; say a file in it")
    }
    guard !path.hasSuffix("/") else {
      throw ToolError("cannot write '\(path)': it names a folder; say a file in it")
    }
    for name in url.pathComponents where name.utf8.count > Self.longestName {
      throw ToolError(
        """
        cannot write '\(path)': '\(name.prefix(20))…' has \(name.utf8.count) bytes, and a file's name may have \
        \(Self.longestName)
        """)
    }
    try checkRoom()
  }

  /// The bytes that file systems let a name have.
  private static let longestName = 255

  /// Finds out, and leaves no trace, whether a file of so many bytes can be written.
  ///
  /// - Throws: `ToolError` where permissions, a link, a limit or the disk are against it.
  func checkRoom(for byteCount: Int = 1) throws {
    // A folder that is not there yet is made inside the nearest one that is.
    var nearest = folder
    var name = url.lastPathComponent
    var isFolder: ObjCBool = false
    while !FileManager.default.fileExists(atPath: nearest.path, isDirectory: &isFolder),
      nearest.path != "/"
    {
      name = nearest.lastPathComponent
      nearest.deleteLastPathComponent()
    }
    guard isFolder.boolValue else {
      throw ToolError("cannot write '\(path)': \(nearest.relativePath) is not a folder")
    }
    let place = nearest.path == folder.path ? url : nearest.appendingPathComponent(name)
    do { try WholeFile(place).checkWritable(byteCount: byteCount) } catch {
      throw ToolError("cannot write '\(path)': \(error.reason)")
    }
  }

  /// Makes the folder that the file goes into, and has `body` write the file, which no signal cuts off.
  func write(_ body: (URL) throws -> Void) throws {
    try Interruption.deferring {
      do {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      } catch {
        throw ToolError("cannot make the folder \(folder.path): \(error.localizedDescription)")
      }
      try body(url)
    }
  }

  /// Writes a report, whole or not at all.
  func write(_ report: some Encodable) throws {
    try write { url in
      do { try WholeFile(url).write(try JSONOutput.data(report)) } catch let error as FileFailure {
        throw ToolError("cannot write '\(path)': \(error.reason)")
      }
    }
  }
}
