/// JSON grown from structure: nests, many members, huge numbers, the same key again.
struct GrownJSON {
  private let keys: [String]
  private let leaves: [String]

  /// Texts of these keys, and of these values besides numbers.
  init(keys: [String], leaves: [String]) {
    self.keys = keys
    self.leaves = leaves
  }

  func object(_ random: inout FuzzRandom, depth: Int = 0) -> String {
    // Many members of the outermost object alone: those of each would have many of their own.
    let count = depth == 0 && random.once(in: 10) ? 1 << random.below(8) : random.below(4)
    let members = (0..<count).map { number in
      let key = random.once(in: 4) ? "k\(number)" : random.one(of: keys)
      return "\"\(key)\": \(value(&random, depth: depth + 1))"
    }
    return "{\(members.joined(separator: ", "))}"
  }

  private func value(_ random: inout FuzzRandom, depth: Int) -> String {
    switch random.below(depth > 4 ? 3 : 7) {
    case 0: return "\(random.interestingNumber())"
    case 1: return random.one(of: leaves)
    case 2:
      return random.one(of: ["1e308", "-0.0", "1e-400", "true", "null", "\"\\ud83d\\ude00\""])
    case 3: return object(&random, depth: depth)
    case 4:
      let depth = 1 << random.below(12)
      return String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)
    case 5:
      return "["
        + Array(repeating: random.one(of: leaves), count: 1 << random.below(12))
        .joined(separator: ",") + "]"
    default:
      return "["
        + (0..<random.below(5)).map { _ in value(&random, depth: depth + 1) }
        .joined(separator: ", ") + "]"
    }
  }
}
