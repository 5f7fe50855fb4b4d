import Foundation

/// Where pictures go: one file, or a folder in which file names carry layer and units.
struct OutputFiles {
  /// A file for each picture.
  let urls: [URL]
  private let folder: URL

  /// - Throws: `ToolError` where the place cannot be written to, before any picture is made.
  init(_ output: String, layer: String, groups: [[Int]]) throws {
    let url = URL(fileURLWithPath: output)
    if ["png", "jpg", "jpeg"].contains(url.pathExtension.lowercased()) {
      guard groups.count == 1 else {
        throw ToolError("\(output): \(groups.count) pictures need a folder, not one file")
      }
      urls = [URL(fileURLWithPath: output)]
      folder = url.deletingLastPathComponent()
    } else {
      folder = url
      let stem = layer.map { $0.isLetter || $0.isNumber || "._-".contains($0) ? $0 : "_" }
      urls = groups.map { group in
        let units = group.map(String.init).joined(separator: "+")
        return url.appendingPathComponent("\(String(stem))-\(units).png")
      }
    }
    for url in urls { try Self.checkWritable(url) }
  }

  /// Makes the folder.
  func prepare() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Refuses a file that could not be written when the work is done.
  static func checkWritable(_ file: URL) throws {
    var folder = file.deletingLastPathComponent()
    var isFolder: ObjCBool = false
    // A folder that is not there yet is made inside the nearest one that is.
    while !FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder),
      folder.path != "/"
    {
      folder = folder.deletingLastPathComponent()
    }
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder),
      isFolder.boolValue, FileManager.default.isWritableFile(atPath: folder.path)
    else { throw ToolError("\(file.path): cannot write into \(folder.path)") }
    if FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder), isFolder.boolValue {
      throw ToolError("\(file.path): is a folder")
    }
  }
}
