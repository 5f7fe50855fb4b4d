/// Pictures grown from structure: any sizes, scans, notes and chunks around pixels that may be none.
enum GrownPicture {
  static func jpeg(_ random: inout FuzzRandom) -> [UInt8] {
    func segment(_ marker: UInt8, _ contents: [UInt8]) -> [UInt8] {
      [0xFF, marker, UInt8((contents.count + 2) >> 8), UInt8((contents.count + 2) & 0xFF)]
        + contents
    }
    var bytes: [UInt8] = [0xFF, 0xD8]
    if random.once(in: 2) { bytes += segment(0xE1, Array("Exif".utf8) + [0, 0] + notes(&random)) }
    bytes += segment(0xDB, [0] + [UInt8](repeating: 1, count: 64))
    let components = random.one(of: [1, 3, 4])
    let kind = random.one(of: [0xC0, 0xC2] as [UInt8])
    let extents = (0..<2).flatMap { _ -> [UInt8] in
      let extent = random.once(in: 3) ? 0xFFFF : 1 + random.below(64)
      return [UInt8(extent >> 8), UInt8(extent & 0xFF)]
    }
    let frame = (1...components).flatMap { component -> [UInt8] in
      [UInt8(component), random.one(of: [0x11, 0x22, 0x44, 0x41]), 0]
    }
    bytes += segment(kind, [8] + extents + [UInt8(components)] + frame)
    // A table of one code of one bit, which stands for 0.
    for table in [0x00, 0x10] as [UInt8] {
      bytes += segment(0xC4, [table, 1] + [UInt8](repeating: 0, count: 15) + [0])
    }
    for scan in 0..<(random.once(in: 8) ? 1 << random.below(11) : 1 + random.below(4)) {
      let selected = (1...components).flatMap { component -> [UInt8] in [UInt8(component), 0] }
      let spectrum: [UInt8] = kind == 0xC0 ? [0, 63, 0] : [0, 0, scan == 0 ? 0x01 : 0x10]
      bytes += segment(0xDA, [UInt8(components)] + selected + spectrum)
      bytes += [UInt8](repeating: 0, count: random.below(40))
    }
    return bytes + [0xFF, 0xD9]
  }

  static func png(_ random: inout FuzzRandom) -> [UInt8] {
    var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    func add(_ name: String, _ contents: [UInt8]) {
      let body = Array(name.utf8) + contents
      bytes += number(contents.count) + body + number(Int(checksum(body)))
    }
    func extent(_ random: inout FuzzRandom) -> Int {
      random.once(in: 3)
        ? random.one(of: [0, 1 << 13, 1 << 16, 1 << 24, 1 << 31]) : 1 + random.below(64)
    }
    let (width, height) = (extent(&random), extent(&random))
    let kind = random.one(of: [0, 2, 3, 4, 6] as [UInt8])
    add(
      "IHDR",
      number(width) + number(height)
        + [random.one(of: [1, 2, 4, 8, 16]), kind, 0, 0, UInt8(random.below(2))])
    if kind == 3 || random.once(in: 4) {
      add("PLTE", [UInt8](repeating: 9, count: 3 * random.below(300)))
    }
    for name in ["eXIf", "zTXt", "iCCP", "tRNS", "acTL", "fdAT"] where random.once(in: 4) {
      add(name, name == "eXIf" ? notes(&random) : (0..<random.below(30)).map { UInt8($0) })
    }
    for _ in 0..<random.below(3) { add("IDAT", zeros(random.below(1 << random.below(18)))) }
    add("IEND", [])
    return bytes
  }

  /// Zeros in stored blocks of zlib's format.
  private static func zeros(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = [0x78, 0x01]
    var rest = count
    repeat {
      let block = min(rest, 0xFFFF)
      rest -= block
      let (low, high) = (UInt8(block & 0xFF), UInt8(block >> 8))
      bytes += [rest == 0 ? 1 : 0, low, high, ~low, ~high] + [UInt8](repeating: 0, count: block)
    } while rest > 0
    // Adler-32 of zeros.
    return bytes + [UInt8(count % 65_521 >> 8), UInt8(count % 65_521 & 0xFF), 0, 1]
  }

  /// A camera's notes: directories of entries, which may lie anywhere and be any number.
  private static func notes(_ random: inout FuzzRandom) -> [UInt8] {
    var bytes: [UInt8] =
      [0x4D, 0x4D, 0, 42] + number(random.once(in: 4) ? random.below(1 << 31) : 8)
    let count = random.below(4)
    bytes += [random.once(in: 4) ? 0xFF : 0, UInt8(count)]
    for _ in 0..<count {
      let tag: [UInt8] = random.once(in: 2) ? [1, 0x12] : [1, UInt8(random.below(256))]
      bytes += tag + [0, UInt8(random.below(6))] + number(1) + [0, UInt8(random.below(12)), 0, 0]
    }
    return bytes
  }

  private static func number(_ value: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = ~0
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
