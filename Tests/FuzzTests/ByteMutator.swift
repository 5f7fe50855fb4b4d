/// Damages bytes as libFuzzer does: bits, bytes, numbers, blocks.
struct ByteMutator {
  /// What is spliced in.
  let seeds: [[UInt8]]

  /// One of the seeds with one to eight changes.
  func mutation(using random: inout FuzzRandom) -> [UInt8] {
    var bytes = random.one(of: seeds)
    for _ in 0...random.below(random.once(in: 3) ? 8 : 2) { change(&bytes, &random) }
    return bytes
  }

  /// Makes one change.
  func change(_ bytes: inout [UInt8], _ random: inout FuzzRandom) {
    let position = place(in: bytes, &random)
    guard !bytes.isEmpty else {
      bytes = [UInt8(truncatingIfNeeded: random.next())]
      return
    }
    switch random.below(12) {
    case 0, 1: bytes[position] ^= 1 << random.below(8)
    case 2, 3: bytes[position] = UInt8(truncatingIfNeeded: random.next())
    case 4, 5, 6: setNumber(&bytes, at: position, &random)
    case 7: bytes.removeSubrange(position...)
    case 8: bytes.removeSubrange(position..<end(from: position, in: bytes, &random))
    case 9:
      let block = bytes[position..<end(from: position, in: bytes, &random)]
      bytes.insert(contentsOf: Array(block), at: random.below(bytes.count))
    case 10:
      let target = random.below(bytes.count)
      for (offset, byte) in bytes[position..<end(from: position, in: bytes, &random)].enumerated()
      where target + offset < bytes.count {
        bytes[target + offset] = byte
      }
    default:
      let other = random.one(of: seeds)
      let start = random.below(other.count)
      bytes.replaceSubrange(position..., with: other[start...])
    }
  }

  /// Where a change goes: anywhere, or rather where headers and directories lie.
  private func place(in bytes: [UInt8], _ random: inout FuzzRandom) -> Int {
    let near = min(bytes.count, 256)
    switch random.below(4) {
    case 0: return random.below(near)
    case 1: return bytes.count - near + random.below(near)
    default: return random.below(bytes.count)
    }
  }

  private func end(from position: Int, in bytes: [UInt8], _ random: inout FuzzRandom) -> Int {
    let longest = random.once(in: 4) ? bytes.count : 32
    return min(bytes.count, position + 1 + random.below(longest))
  }

  private func setNumber(_ bytes: inout [UInt8], at position: Int, _ random: inout FuzzRandom) {
    let width = random.one(of: [1, 2, 4, 8])
    let number = random.interestingNumber(near: bytes.count)
    let isBigEndian = random.once(in: 4)
    for i in 0..<width where position + i < bytes.count {
      let shift = 8 * (isBigEndian ? width - 1 - i : i)
      bytes[position + i] = UInt8(truncatingIfNeeded: number >> shift)
    }
  }
}
