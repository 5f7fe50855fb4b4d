internal import CFVFiles
internal import ConvolutionalNetworks
internal import Foundation

/// Writes tensors as a safetensors file of little-endian `Float`, one at a time.
struct SafetensorsWriter {
  private let entries: [StateDictionary.Entry]
  private let metadata: [String: String]

  init(_ entries: [StateDictionary.Entry], metadata: [String: String]) {
    self.entries = entries
    self.metadata = metadata
  }

  /// - Throws: the first tensor that cannot be read, or that the file cannot be written.
  func write(to url: URL) throws(WeightsFileError) {
    let file = WholeFile(url)
    var unread: WeightsFileError?
    do throws(FileFailure) {
      let header = header()
      try file.write { writer throws(FileFailure) in
        try writer.append(header)
        for entry in entries {
          let tensor: Tensor
          do throws(WeightsFileError.Problem) { tensor = try entry.read() } catch {
            unread = WeightsFileError(file: file.name, tensor: entry.name, problem: error)
            throw FileFailure("\(error)")
          }
          try tensor.withUnsafeBufferPointer { elements throws(FileFailure) in
            #if _endian(little)
              try writer.append(UnsafeRawBufferPointer(elements))
            #else
              try writer.append(
                elements.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) })
            #endif
          }
        }
      }
    } catch {
      throw unread ?? WeightsFileError(file: file.name, problem: .unwritable(reason: error.reason))
    }
  }

  /// The header and its length, filled up with spaces so that the numbers after it are aligned.
  private func header() -> [UInt8] {
    var items: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key < $1.key }
        .map { "\(Self.quoted($0.key)):\(Self.quoted($0.value))" }
      items.append("\"\(SafetensorsHeader.metadataKey)\":{\(texts.joined(separator: ","))}")
    }
    var end = 0
    for entry in entries {
      let start = end
      end += 4 * entry.shape.reduce(1, *)
      let shape = entry.shape.map(String.init).joined(separator: ",")
      items.append(
        """
        \(Self.quoted(entry.name)):{"dtype":"F32","shape":[\(shape)],"data_offsets":[\(start),\(end)]}
        """)
    }
    var json = Array("{\(items.joined(separator: ","))}".utf8)
    json += Array(repeating: UInt8(ascii: " "), count: -json.count & 7)
    let length = UInt64(json.count).littleEndian
    return withUnsafeBytes(of: length, Array.init) + json
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\u{0}"..."\u{1F}": quoted += String(format: "\\u%04x", scalar.value)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
