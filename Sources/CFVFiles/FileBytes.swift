package import Foundation

/// Bytes that are read piece by piece, wherever they are wanted: a file's, or those of memory.
///
/// A file is read by `pread` and not mapped, since a mapped file that somebody shortens ends the process.
package struct FileBytes: Sendable {
  /// The path as it was given, for messages.
  package let name: String
  /// How many bytes there are.
  package let count: Int

  private let source: Source

  private enum Source: Sendable {
    case memory(Data)
    case file(OpenFile)
  }

  /// The bytes of a regular file, which stays open as long as a copy of this value lives.
  package init(_ url: URL) throws(FileFailure) {
    let file = try OpenFile(url)
    name = url.relativePath
    count = file.size
    source = .file(file)
  }

  /// Bytes in memory, under a name for messages.
  package init(_ data: Data, name: String) {
    self.name = name
    count = data.count
    source = .memory(data)
  }

  /// Fills `buffer` with the bytes from `offset` on.
  ///
  /// - Precondition: they lie within `0 ..< count`.
  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer)
    throws(FileFailure)
  {
    precondition(offset >= 0 && buffer.count <= count - offset, "bytes beyond the end")
    switch source {
    case .memory(let data):
      let start = data.startIndex + offset
      data.copyBytes(to: buffer, from: start..<(start + buffer.count))
    case .file(let file): try file.read(at: offset, into: buffer)
    }
  }

  /// A copy of the bytes of `range`.
  ///
  /// - Precondition: `range` lies within `0 ..< count`.
  package func bytes(_ range: Range<Int>) throws(FileFailure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var failure: FileFailure?
    bytes.withUnsafeMutableBytes { buffer in
      do throws(FileFailure) { try read(at: range.lowerBound, into: buffer) } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// A copy of the bytes of `range`, which may be more than there is memory for.
  ///
  /// - Precondition: `range` lies within `0 ..< count`.
  package func data(_ range: Range<Int>) throws(FileFailure) -> Data {
    guard !range.isEmpty else { return Data() }
    guard let memory = malloc(range.count) else {
      throw FileFailure("there is no memory for its \(range.count) bytes")
    }
    do throws(FileFailure) {
      try read(
        at: range.lowerBound,
        into: UnsafeMutableRawBufferPointer(start: memory, count: range.count))
    } catch {
      free(memory)
      throw error
    }
    return Data(bytesNoCopy: memory, count: range.count, deallocator: .free)
  }
}

/// A regular file, open for reading.
private final class OpenFile: Sendable {
  let size: Int
  private let descriptor: Int32

  init(_ url: URL) throws(FileFailure) {
    var status = stat()
    // Asked before opening too: to open a device can have effects.
    guard stat(url.path, &status) == 0 else { throw FileFailure(code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw FileFailure(notRegular: status.st_mode) }
    // Were it replaced by a pipe meanwhile, opening would wait for its writer.
    descriptor = open(url.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileFailure(code: errno) }
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      throw FileFailure(code: code)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw FileFailure(notRegular: status.st_mode)
    }
    size = Int(status.st_size)
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) {
    var done = 0
    while done < buffer.count {
      let part = pread(
        descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset + done))
      if part < 0 && errno == EINTR { continue }
      guard part >= 0 else { throw FileFailure(code: errno) }
      guard part > 0 else { throw FileFailure("it became shorter while it was read") }
      done += part
    }
  }

  deinit { close(descriptor) }
}
