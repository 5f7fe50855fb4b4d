internal import Foundation

/// Appends to a worker's journal, which nobody else writes to meanwhile.
final class JournalWriter {
  private let file: URL
  private let handle: FileHandle
  private let lock: FileLock
  private let key: String

  /// - Throws: `GalleryError.busy` where another process has the journal.
  init(of shard: Shard, in paths: GalleryPaths, key: String) throws(GalleryError) {
    file = paths.journal(of: shard)
    self.key = key
    guard let lock = try FileLock(file) else {
      throw .busy(
        folder: paths.name,
        reason: "another command draws shard \(shard) into it; wait for it, or end it first")
    }
    self.lock = lock
    do {
      handle = try FileHandle(forUpdating: file)
      let end = try handle.seekToEnd()
      if end > 0 {
        try handle.seek(toOffset: end - 1)
        // Ends a line that was torn, so that the next is not torn with it.
        if try handle.readToEnd() != Data("\n".utf8) {
          try handle.write(contentsOf: Data("\n".utf8))
        }
      }
      try Durable.synchronize(paths.work)
    } catch let error as GalleryError {
      throw error
    } catch {
      throw .unwritable(
        file: file.relativePath, reason: "\((error as NSError).localizedDescription)")
    }
  }

  /// Notes a unit as finished; it is on the disk when this returns.
  func append(_ record: UnitRecord) throws(GalleryError) {
    let line = JSONText.line(Journal.Entry(key: key, record: record)) + "\n"
    do {
      try handle.seekToEnd()
      try handle.write(contentsOf: Data(line.utf8))
      try handle.synchronize()
    } catch {
      // What was written of the line is ended, if there is room.
      try? handle.write(contentsOf: Data("\n".utf8))
      throw .unwritable(file: file.relativePath, reason: (error as NSError).localizedDescription)
    }
  }
}
