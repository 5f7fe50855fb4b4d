/// A format that people keep networks or weights in and that is not read, with what to do.
struct ForeignFormat: Sendable, Equatable {
  /// What the file is, and what makes a file of it that is read.
  let explanation: String

  /// The bytes that tell a format, and where they stand.
  private static let known: [(start: Int, bytes: [UInt8], explanation: String)] = [
    (
      4, Array("TFL3".utf8),
      "it is TensorFlow Lite, which is not read: export the model that it was made of, as .keras or ONNX"
    ),
    (4, Array("ET12".utf8), "it is ExecuTorch, which is not read: export the module to ONNX"),
    (
      0, Array("GGUF".utf8),
      "it is GGUF, which is not read: take the safetensors files that it was made of"
    ),
    (0, [0x93] + Array("NUMPY".utf8), "it is an array of NumPy's, and no network"),
    (0, [0x1F, 0x8B], "it is compressed: unpack it (gunzip)"),
    (0, [0xFD] + Array("7zXZ".utf8), "it is compressed: unpack it (xz -d)"),
    (0, Array("BZh".utf8), "it is compressed: unpack it (bunzip2)"),
    (0, [0x28, 0xB5, 0x2F, 0xFD], "it is compressed: unpack it (zstd -d)"),
    (257, Array("ustar".utf8), "it is a tar archive: unpack it (tar -xf) and take a file of it"),
  ]

  /// The bytes at the beginning of a file that tell.
  static let headSize = 262

  /// The format that a file of these first bytes is of.
  init?(head: [UInt8]) {
    let format = Self.known.first { format in
      head.dropFirst(format.start).starts(with: format.bytes)
    }
    guard let format else { return nil }
    explanation = format.explanation
  }
}
