internal import CFVFiles
internal import ConvolutionalNetworks

/// The frames of an animated PNG: libgd compresses each as a PNG of its own, whose pixels are put together.
struct PNGAnimation {
  private let frames: [AnimationFrame]
  private let layout: AnimationLayout
  private let timing: AnimationTiming

  init(_ frames: [AnimationFrame], _ layout: AnimationLayout, _ timing: AnimationTiming) {
    (self.frames, self.layout, self.timing) = (frames, layout, timing)
  }

  func write(to writer: borrowing FileWriter) throws(FileFailure) {
    // Chunks that only animations have are counted together.
    var sequence: UInt32 = 0
    for (number, frame) in frames.enumerated() {
      let bytes = try encoded(frame)
      let chunks = try chunks(of: bytes)
      if number == 0 {
        try writer.append(Array(bytes.prefix(8)))
        for chunk in chunks where chunk.name == "IHDR" {
          try writer.append(Array(bytes[chunk.extent]))
        }
        try writer.append(
          PNGChunk.bytes("acTL", UInt32(frames.count).bigEndianBytes + loopCount.bigEndianBytes))
      }
      try writer.append(PNGChunk.bytes("fcTL", control(sequence, frame)))
      sequence += 1
      for chunk in chunks where chunk.name == "IDAT" {
        if number == 0 {
          try writer.append(Array(bytes[chunk.extent]))
        } else {
          try writer.append(
            PNGChunk.bytes("fdAT", sequence.bigEndianBytes + bytes[chunk.contents]))
          sequence += 1
        }
      }
    }
    try writer.append(PNGChunk.bytes("IEND", []))
  }

  private var loopCount: UInt32 { UInt32(timing.loops) }

  /// The contents of a frame's control chunk: it covers the whole picture, and takes the place of the frame before.
  private func control(_ sequence: UInt32, _ frame: AnimationFrame) -> [UInt8] {
    let size =
      UInt32(layout.frameWidth).bigEndianBytes + UInt32(layout.frameHeight).bigEndianBytes
    let offset = UInt32(0).bigEndianBytes + UInt32(0).bigEndianBytes
    let delay = timing.hundredths(of: frame).bigEndianBytes + UInt16(100).bigEndianBytes
    return sequence.bigEndianBytes + size + offset + delay + [0, 0]
  }

  private func encoded(_ frame: AnimationFrame) throws(FileFailure) -> [UInt8] {
    guard let image = GDImage(layout.picture(of: frame)) else {
      throw FileFailure("not enough memory")
    }
    do { return try image.encoded(as: .png, quality: 0) } catch {
      throw FileFailure(error.reason)
    }
  }

  private func chunks(of bytes: [UInt8]) throws(FileFailure) -> [PNGChunk] {
    var chunks: [PNGChunk] = []
    var offset = 8
    do throws(PictureDamage) {
      while chunks.last?.name != "IEND" {
        chunks.append(try PNGChunk(in: bytes, at: offset))
        offset = chunks[chunks.count - 1].extent.upperBound
      }
    } catch { throw FileFailure(error.reason) }
    return chunks
  }
}

extension PNGChunk {
  /// A whole chunk: length, name, contents, checksum.
  static func bytes(_ name: String, _ contents: [UInt8]) -> [UInt8] {
    let named = Array(name.utf8) + contents
    return UInt32(contents.count).bigEndianBytes + named
      + CRC32.checksum(of: named[...]).bigEndianBytes
  }
}

extension FixedWidthInteger {
  /// The bytes, the highest first.
  var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
}
