import ConvolutionalNetworks

/// What a GIF holds, decoded independently of libgd: frames that cover the whole picture, in one palette.
struct GIFReader {
  struct Frame {
    let hundredths: Int
    /// `[H, W, 3]`, 0…1.
    let picture: Tensor
  }

  struct Malformed: Error {
    let reason: String
  }

  let height: Int
  let width: Int
  /// Red, green and blue, 0…255.
  let palette: [[UInt8]]
  /// The repetitions that the application block asks for; `nil` without one.
  private(set) var repetitions: Int?
  private(set) var frames: [Frame] = []

  private let bytes: [UInt8]
  private var place = 13

  init(_ bytes: [UInt8]) throws {
    self.bytes = bytes
    guard bytes.starts(with: Array("GIF89a".utf8)), bytes[10] & 0x80 != 0 else {
      throw Malformed(reason: "no GIF with a palette for all frames")
    }
    width = Int(bytes[6]) | Int(bytes[7]) << 8
    height = Int(bytes[8]) | Int(bytes[9]) << 8
    let count = 2 << Int(bytes[10] & 7)
    palette = (0..<count).map { Array(bytes[13 + 3 * $0..<16 + 3 * $0]) }
    place += 3 * count
    try readBlocks()
  }

  private mutating func readBlocks() throws {
    var hundredths = 0
    while place < bytes.count {
      switch bytes[place] {
      case 0x21:
        let label = bytes[place + 1]
        place += 2
        let blocks = subBlocks()
        if label == 0xF9 { hundredths = Int(blocks[1]) | Int(blocks[2]) << 8 }
        if label == 0xFF { repetitions = Int(blocks[12]) | Int(blocks[13]) << 8 }
      case 0x2C:
        guard bytes[place + 1..<place + 5].allSatisfy({ $0 == 0 }), bytes[place + 9] & 0xC0 == 0
        else { throw Malformed(reason: "a frame of its own place, palette or order of rows") }
        let codeSize = Int(bytes[place + 10])
        place += 11
        let indices = try Self.decompressed(subBlocks(), codeSize: codeSize)
        guard indices.count == height * width else {
          throw Malformed(reason: "\(indices.count) pixels of \(height * width)")
        }
        let levels = indices.flatMap { palette[Int($0)] }
        frames.append(
          Frame(
            hundredths: hundredths,
            picture: Tensor(
              shape: [height, width, 3], elements: levels.map { Float($0) / 255 })))
      case 0x3B: return
      default: throw Malformed(reason: "block \(bytes[place])")
      }
    }
    throw Malformed(reason: "no end")
  }

  private mutating func subBlocks() -> [UInt8] {
    var contents: [UInt8] = []
    while bytes[place] > 0 {
      let count = Int(bytes[place])
      contents += bytes[place + 1...place + count]
      place += count + 1
    }
    place += 1
    return contents
  }

  /// Lempel–Ziv–Welch, as Appendix F of the specification has it.
  private static func decompressed(_ data: [UInt8], codeSize: Int) throws -> [UInt8] {
    let (clear, end) = (1 << codeSize, 1 << codeSize + 1)
    var (table, width) = ((0..<clear + 2).map { [UInt8(truncatingIfNeeded: $0)] }, codeSize + 1)
    var (result, previous) = ([UInt8](), [UInt8]())
    var (bits, bitCount) = (0, 0)
    for byte in data {
      bits |= Int(byte) << bitCount
      bitCount += 8
      while bitCount >= width {
        let code = bits & (1 << width - 1)
        bits >>= width
        bitCount -= width
        if code == end { return result }
        if code == clear {
          table.removeLast(table.count - clear - 2)
          (width, previous) = (codeSize + 1, [])
          continue
        }
        guard code <= table.count, code < table.count || !previous.isEmpty else {
          throw Malformed(reason: "code \(code) of \(table.count)")
        }
        let run = code < table.count ? table[code] : previous + [previous[0]]
        result += run
        if !previous.isEmpty, table.count < 4096 { table.append(previous + [run[0]]) }
        if table.count == 1 << width, width < 12 { width += 1 }
        previous = run
      }
    }
    return result
  }
}
