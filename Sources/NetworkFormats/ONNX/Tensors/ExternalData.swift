internal import CFVFiles
import Foundation

/// The files in which an ONNX file keeps large tensors, in its own folder or below.
struct ExternalData {
  /// The folder of the ONNX file.
  let folder: URL
  private var files: [String: FileBytes] = [:]

  init(folder: URL) { self.folder = folder }

  /// The `byteCount` bytes that a tensor refers to.
  mutating func data(of tensor: ONNXTensorProto, byteCount: Int) throws(ONNXError.Problem) -> Data {
    let entries = Dictionary(tensor.externalData.map { ($0.key, $0.value) }) { first, _ in first }
    func fail(_ reason: String) -> ONNXError.Problem {
      .externalData(tensor: tensor.name, reason: reason)
    }
    guard let location = entries["location"], !location.isEmpty else {
      throw fail("no file is named")
    }
    guard let url = containedURL(location) else {
      throw fail("'\(location)' lies outside the folder of the network")
    }
    let file: FileBytes
    if let known = files[location] {
      file = known
    } else {
      do throws(FileFailure) { file = try FileBytes(url) } catch {
        throw fail("'\(location)' cannot be read")
      }
      files[location] = file
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
    // Read, not mapped: pages of a mapped file would stay in memory beside the tensors.
    var data = Data(count: length)
    var failure: FileFailure?
    data.withUnsafeMutableBytes { buffer in
      do throws(FileFailure) { try file.read(at: offset, into: buffer) } catch { failure = error }
    }
    if let failure { throw fail("'\(location)' cannot be read: \(failure.reason)") }
    return data
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
