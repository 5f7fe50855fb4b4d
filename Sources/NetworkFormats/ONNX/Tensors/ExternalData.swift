internal import CFVFiles
import ConvolutionalNetworks
import Foundation

/// The files in which an ONNX file keeps large tensors, in its own folder or below.
struct ExternalData {
  /// The folder of the ONNX file.
  let folder: URL
  private let limits: ReadingLimits
  /// The bytes that the network's files have on the disk, as far as they have been opened.
  private var fileSize: Int
  private var files: [String: FileBytes] = [:]

  /// The longest path, in bytes, that a tensor may name.
  private static let longestPath = 4096

  /// - Parameter fileSize: the bytes of the ONNX file.
  init(folder: URL, limits: ReadingLimits = ReadingLimits(), fileSize: Int = 0) {
    (self.folder, self.limits, self.fileSize) = (folder, limits, fileSize)
  }

  /// The `byteCount` bytes that a tensor refers to.
  mutating func data(
    of tensor: ONNXTensorProto, byteCount: Int, _ budget: inout ReadingBudget
  ) throws(ONNXError.Problem) -> Data {
    let entries = Dictionary(tensor.externalData.map { ($0.key, $0.value) }) { first, _ in first }
    func fail(_ reason: String) -> ONNXError.Problem {
      .externalData(tensor: tensor.name, reason: reason)
    }
    guard let location = entries["location"], !location.isEmpty else {
      throw fail("no file is named")
    }
    guard location.utf8.count <= Self.longestPath else {
      throw fail("its path has \(location.utf8.count) bytes")
    }
    let file: FileBytes
    if let known = files[location] {
      file = known
    } else {
      guard let url = containedURL(location) else {
        throw fail("'\(location)' lies outside the folder of the network")
      }
      do throws(FileFailure) { file = try FileBytes(url) } catch {
        throw fail("'\(location)' cannot be read: \(error.reason)")
      }
      files[location] = file
      budget.widen(to: limits, fileSize: addFileSize(url))
    }
    guard let offset = Int(entries["offset"] ?? "0"), offset >= 0, offset <= file.count else {
      throw fail(
        "offset \(entries["offset"] ?? "") of '\(location)', which has \(file.count) bytes")
    }
    let rest = file.count - offset
    guard let length = Int(entries["length"] ?? "\(byteCount)"), length >= 0, length <= rest else {
      throw fail(
        "\(entries["length"] ?? "\(byteCount)") bytes of the \(rest) from offset \(offset)")
    }
    // What is read is what the shape takes, whatever the file claims.
    guard length == byteCount else {
      throw .dataCount(tensor: tensor.name, expected: byteCount, actual: length)
    }
    try budget.counting(byteCount, of: 1)
    // Read, not mapped: pages of a mapped file would stay in memory beside the tensors.
    var data = Data(count: byteCount)
    var failure: FileFailure?
    data.withUnsafeMutableBytes { buffer in
      do throws(FileFailure) { try file.read(at: offset, into: buffer) } catch { failure = error }
    }
    if let failure { throw fail("'\(location)' cannot be read: \(failure.reason)") }
    return data
  }

  /// The bytes of all files with this one. Of a file with holes, which cost nothing, what it has on the disk counts.
  private mutating func addFileSize(_ url: URL) -> Int {
    let values = try? url.resourceValues(forKeys: [.fileSizeKey, .fileAllocatedSizeKey])
    let size = values?.fileSize ?? 0
    fileSize += min(size, values?.fileAllocatedSize ?? size)
    return fileSize
  }

  /// The file at `location`, unless that leads out of the folder, be it by a link.
  private func containedURL(_ location: String) -> URL? {
    let parts = location.split(separator: "/", omittingEmptySubsequences: false)
    guard !location.hasPrefix("/"), !parts.contains("..") else { return nil }
    let root = folder.resolvingSymlinksInPath().standardizedFileURL.path
    let url = folder.appendingPathComponent(location).resolvingSymlinksInPath()
    let prefix = root.hasSuffix("/") ? root : root + "/"
    return url.standardizedFileURL.path.hasPrefix(prefix) ? url : nil
  }
}

extension ReadingBudget {
  /// Raises the limit to that of a file of `fileSize` bytes; what was taken stays taken.
  fileprivate mutating func widen(to limits: ReadingLimits, fileSize: Int) {
    var wider = ReadingBudget(limits, fileSize: fileSize)
    guard wider.limit > limit, (try? wider.take(taken)) != nil else { return }
    self = wider
  }
}
