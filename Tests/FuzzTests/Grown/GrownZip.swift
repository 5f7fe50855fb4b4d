/// Zip archives grown from structure: many entries, entries in one another, sizes and places that are none, fields of
/// 64 bits, comments that look like records, and directories that say more than there is.
struct GrownZip {
  private var file: [UInt8] = []
  private var directory: [UInt8] = []
  private var headers: [Int] = []

  static func bytes(_ random: inout FuzzRandom) -> [UInt8] {
    var archive = GrownZip()
    let count = random.once(in: 8) ? 1 << random.below(13) : random.below(6)
    // Most archives have one fault at most, so that each check is reached.
    let oddness = random.one(of: [0, 0, count + 1, 4 * count + 1, 3])
    for number in 0..<count {
      archive.add(number, isOdd: oddness > 0 && random.once(in: oddness), &random)
    }
    return archive.ended(isOdd: random.once(in: 3), &random)
  }

  private mutating func add(_ number: Int, isOdd: Bool, _ random: inout FuzzRandom) {
    let contents = [UInt8](repeating: 1, count: random.below(20))
    var name = Array("archive/data/\(number)".utf8)
    var (flags, method) = (0, 0)
    var (size, stored, header) = (contents.count, contents.count, file.count)
    var extra: [UInt8] = []
    if isOdd {
      // Of many entries each is small, that an archive takes no more than some MB.
      let longest = number < 6 ? 60_000 : 100
      switch random.below(8) {
      case 0: name = Array("archive/data/0".utf8)
      case 1:
        name = [UInt8](repeating: random.one(of: [0x61, 0xFF, 0]), count: random.below(longest))
      case 2: (flags, method) = (random.below(1 << 16), random.one(of: [0, 0, 8, 99]))
      case 3: size = random.interestingNumber(near: file.count)
      case 4: (size, stored) = (1 << random.below(62), 1 << random.below(62))
      case 5: header = random.interestingNumber(near: file.count)
      case 6: header = headers.isEmpty ? 0 : random.one(of: headers)
      default: extra = (0..<random.below(longest)).map { UInt8(truncatingIfNeeded: $0) }
      }
    }
    headers.append(file.count)
    file += Self.number(0x0403_4B50, 4) + Self.number(0, 22) + Self.number(name.count, 2)
    file += Self.number(0, 2) + name + contents
    // Numbers that 32 bits do not hold, and sometimes those that they do, lie in a field of their own.
    let isLong = [size, stored, header].map {
      !(0..<Int(UInt32.max)).contains($0) || random.once(in: 9)
    }
    let numbers = zip([size, stored, header], isLong).filter(\.1).map(\.0)
    if !numbers.isEmpty {
      let count = isOdd && random.once(in: 4) ? random.below(100) : 8 * numbers.count
      extra += Self.number(1, 2) + Self.number(count, 2) + numbers.flatMap { Self.number($0, 8) }
    }
    let short = zip([size, stored, header], isLong).map { $1 ? Int(UInt32.max) : $0 }
    directory += Self.number(0x0201_4B50, 4) + Self.number(0, 4) + Self.number(flags, 2)
    directory += Self.number(method, 2) + Self.number(0, 8)
    directory += Self.number(short[1], 4) + Self.number(short[0], 4)
    directory += Self.number(name.count, 2) + Self.number(extra.count, 2) + Self.number(0, 10)
    directory += Self.number(short[2], 4) + name + extra
  }

  /// The archive with its directory and the records at its end.
  private func ended(isOdd: Bool, _ random: inout FuzzRandom) -> [UInt8] {
    var (count, size, offset) = (headers.count, directory.count, file.count)
    var comment: [UInt8] = []
    if isOdd {
      switch random.below(4) {
      case 0: count = random.interestingNumber(near: count)
      case 1: size = random.interestingNumber(near: size)
      case 2: offset = random.interestingNumber(near: offset)
      default:
        let record = Self.number(0x0605_4B50, 4) + Self.number(random.below(1 << 30), 18)
        comment = Array((0..<random.below(2_000)).map { _ in record }.joined())
      }
    }
    var bytes = file + directory
    if random.once(in: 3) {
      let record = isOdd ? random.interestingNumber(near: bytes.count) : bytes.count
      bytes += Self.number(0x0606_4B50, 4) + Self.number(44, 8) + Self.number(0, 12)
      bytes += [count, count, size, offset].flatMap { Self.number($0, 8) }
      bytes += Self.number(0x0706_4B50, 4) + Self.number(0, 4) + Self.number(record, 8)
      bytes += Self.number(1, 4)
    }
    bytes += Self.number(0x0605_4B50, 4) + Self.number(0, 4) + Self.number(count, 2)
    bytes += Self.number(count, 2) + Self.number(size, 4) + Self.number(offset, 4)
    return bytes + Self.number(comment.count, 2) + comment
  }

  private static func number(_ value: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }
}
