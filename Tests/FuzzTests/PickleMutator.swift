/// Changes pickles instruction by instruction.
struct PickleMutator {
  let seeds: [[PickleInstruction]]

  /// One of the pickles with one to four changes, or instructions by chance.
  func mutation(using random: inout FuzzRandom) -> [UInt8] {
    var instructions: [PickleInstruction]
    if random.once(in: 8) {
      instructions = (0..<random.below(80)).map { _ in PickleInstruction.any(&random) }
      instructions.append(PickleInstruction(opcode: UInt8(ascii: "."), argument: []))
    } else {
      instructions = random.one(of: seeds)
      for _ in 0...random.below(4) { change(&instructions, &random) }
    }
    return instructions.flatMap(\.bytes)
  }

  private func change(_ instructions: inout [PickleInstruction], _ random: inout FuzzRandom) {
    guard !instructions.isEmpty else { return }
    let position = random.below(instructions.count)
    let end = min(instructions.count, position + 1 + random.below(6))
    switch random.below(8) {
    case 0: instructions[position] = .any(&random)
    case 1: instructions.insert(.any(&random), at: position)
    case 2: instructions.removeSubrange(position..<end)
    case 3: instructions.insert(contentsOf: Array(instructions[position..<end]), at: position)
    case 4: instructions.swapAt(position, random.below(instructions.count))
    case 5, 6: changeNumber(&instructions, from: position, &random)
    default:
      let other = random.one(of: seeds)
      instructions.replaceSubrange(position..., with: other[random.below(other.count)...])
    }
  }

  /// Replaces the next number: an extent, a stride, an offset, a place in the memo.
  private func changeNumber(
    _ instructions: inout [PickleInstruction], from position: Int, _ random: inout FuzzRandom
  ) {
    let numbers: [UInt8] = Array("KMJ".utf8) + [0x8A]
    guard let place = instructions[position...].firstIndex(where: { numbers.contains($0.opcode) })
    else { return }
    let number = random.interestingNumber()
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    instructions[place] = PickleInstruction(opcode: 0x8A, argument: [8] + bytes)
  }
}
