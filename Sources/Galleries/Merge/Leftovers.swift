internal import Foundation

/// What lies in the folders of a site and belongs to no unit: pictures of an earlier plan, temporary files of a worker that was
/// killed.
enum Leftovers {
  /// Removes files of the site's folders that are not among `kept`, paths in the gallery's folder.
  static func remove(from paths: GalleryPaths, except kept: Set<String>) throws(GalleryError) {
    for name in ["pictures", "data"] {
      let folder = paths.folder.appendingPathComponent(name)
      let found = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
      // Files before the folders that they are in.
      for path in found.sorted(by: >) where !kept.contains("\(name)/\(path)") {
        let url = folder.appendingPathComponent(path)
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
        if isFolder.boolValue {
          // Those that are not empty stay.
          rmdir(url.path)
        } else if unlink(url.path) != 0 {
          throw .unwritable(file: url.relativePath, reason: String(cString: strerror(errno)))
        }
      }
    }
  }
}
