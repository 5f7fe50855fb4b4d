public import Foundation

/// The files of pictures below a folder, found as they are asked for; see `PictureFolder` for their order.
public struct PictureFolderFiles: Sequence, Sendable {
  /// A file that is a picture by its first bytes or by its name.
  public struct File: Sendable, Equatable {
    /// The path from the folder on, with `/` between names.
    public let name: String
    /// Where the file is.
    public let url: URL
  }

  private let folder: URL

  init(_ folder: URL) { self.folder = folder }

  public func makeIterator() -> Iterator { Iterator(folder) }

  /// A walk through the folders, depth first.
  public struct Iterator: IteratorProtocol, Sendable {
    /// A folder that is entered: what of it is still to come, the next name last.
    private struct Level {
      let url: URL
      let prefix: String
      var names: [String]
    }

    private struct Identity: Hashable {
      let device: dev_t
      let number: ino_t
    }

    private var levels: [Level] = []
    private var entered: Set<Identity> = []

    init(_ folder: URL) {
      var status = stat()
      if stat(folder.path, &status) == 0 { _ = enter(folder, prefix: "", status) }
    }

    /// The next file; `nil` at the end.
    public mutating func next() -> File? {
      while let level = levels.last {
        guard let name = level.names.last else {
          levels.removeLast()
          continue
        }
        levels[levels.count - 1].names.removeLast()
        let file = File(
          name: level.prefix + name,
          url: level.url.appendingPathComponent(name, isDirectory: false))
        var status = stat()
        // A link that leads nowhere is a file that cannot be read, if it is named as a picture.
        guard stat(file.url.path, &status) == 0 else {
          if isNamedAsPicture(name) { return file }
          continue
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
          // One that cannot be listed is named as a file that cannot be read.
          if !enter(file.url, prefix: file.name + "/", status) { return file }
        case S_IFREG where isNamedAsPicture(name) || beginsAsPicture(file.url): return file
        default: continue
        }
      }
      return nil
    }

    /// Goes into a folder, unless it has been there; `false` where it cannot be listed.
    private mutating func enter(_ folder: URL, prefix: String, _ status: stat) -> Bool {
      guard entered.insert(Identity(device: status.st_dev, number: status.st_ino)).inserted else {
        return true
      }
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
        return false
      }
      let visible = names.filter { !$0.hasPrefix(".") }
      levels.append(
        Level(
          url: folder, prefix: prefix,
          names: visible.sorted { $1.utf8.lexicographicallyPrecedes($0.utf8) }))
      return true
    }

    private func isNamedAsPicture(_ name: String) -> Bool {
      PictureFormat(fileExtension: (name as NSString).pathExtension) != nil
    }

    private func beginsAsPicture(_ file: URL) -> Bool {
      let descriptor = open(file.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
      guard descriptor >= 0 else { return false }
      defer { close(descriptor) }
      var bytes = [UInt8](repeating: 0, count: 8)
      let count = read(descriptor, &bytes, bytes.count)
      return count > 0 && PictureFormat(beginning: Array(bytes.prefix(count))) != nil
    }
  }
}
