/// Pickles grown from structure: nests, lists that hold themselves, dictionaries made again and again, objects that hold
/// dictionaries, modules, tensors of any size of few storages.
struct GrownPickle {
  private(set) var bytes: [UInt8] = [0x80, 2]
  /// How many values have a place in the memo.
  private var remembered = 0

  init(_ random: inout FuzzRandom) {
    let parts = 1 + random.below(6)
    add("}(")
    for _ in 0..<parts {
      addText(
        random.one(of: ["weight", "module.a", "state_dict", "model", "b"]) + "\(random.below(3))")
      addValue(&random, depth: 0)
    }
    add("u.")
  }

  private mutating func add(_ instructions: String) { bytes += Array(instructions.utf8) }

  private mutating func addText(_ text: String) {
    bytes += [0x8C, UInt8(text.utf8.count)] + Array(text.utf8)
  }

  private mutating func addInteger(_ number: Int) {
    bytes += [0x8A, 8] + (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  private mutating func remember() {
    bytes += [UInt8(ascii: "r")] + little(remembered)
    remembered += 1
  }

  private mutating func recall(_ random: inout FuzzRandom) {
    bytes += [UInt8(ascii: "j")] + little(random.below(remembered))
  }

  private func little(_ number: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  private mutating func addValue(_ random: inout FuzzRandom, depth: Int) {
    if remembered > 0, random.once(in: 4) { return recall(&random) }
    switch random.below(depth > 6 ? 3 : 10) {
    case 0: addInteger(random.interestingNumber())
    case 1: addText(String(repeating: "t", count: random.below(200)))
    case 2: addTensor(&random)
    case 3: addList(&random, depth: depth)
    case 4:
      // A nest of one-element tuples.
      addValue(&random, depth: depth + 1)
      bytes += [UInt8](repeating: 0x85, count: 1 << random.below(15))
    case 5:
      // A dictionary of items.
      add("}(")
      for _ in 0..<random.below(5) {
        addText("k\(random.below(4))")
        addValue(&random, depth: depth + 1)
      }
      add("u")
    case 6: addDictionaries(&random)
    case 7: addObject(&random, depth: depth)
    case 8: addNest(&random)
    default:
      add("(")
      for _ in 0..<random.below(5) { addValue(&random, depth: depth + 1) }
      add("t")
    }
    if random.once(in: 2) { remember() }
  }

  /// A list, which may hold itself any number of times.
  private mutating func addList(_ random: inout FuzzRandom, depth: Int) {
    add("]")
    remember()
    let place = remembered - 1
    add("(")
    for _ in 0..<random.below(4) { addValue(&random, depth: depth + 1) }
    let own = [UInt8(ascii: "j")] + little(place)
    bytes += Array(repeatElement(own, count: 1 << random.below(12)).joined())
    add("e")
  }

  /// Dictionaries in one another, each under a key that may be long.
  private mutating func addNest(_ random: inout FuzzRandom) {
    let key = String(repeating: "k", count: random.below(200))
    let depth = 1 << random.below(10)
    for _ in 0..<depth {
      add("}")
      addText(key)
    }
    add("}")
    addText("weight")
    addTensor(&random)
    add(String(repeating: "s", count: depth + 1))
  }

  /// An object of a class that is not known, with items, attributes or both; some are modules.
  private mutating func addObject(_ random: inout FuzzRandom, depth: Int) {
    add("cargparse\nNamespace\n)")
    bytes.append(random.one(of: [UInt8(ascii: "R"), 0x81]))
    if random.once(in: 2) {
      add("(")
      for _ in 0..<random.below(4) {
        addText("i\(random.below(4))")
        addValue(&random, depth: depth + 1)
      }
      add("u")
    }
    guard random.once(in: 2) else { return }
    add("}(")
    for key in random.once(in: 4) ? ["_modules", "_parameters"] : ["state", "ema"] {
      addText(key)
      addValue(&random, depth: depth + 1)
    }
    add("ub")
  }

  /// One long list of pairs, made an ordered dictionary as often.
  private mutating func addDictionaries(_ random: inout FuzzRandom) {
    let count = 1 << random.below(13)
    add("](")
    let pair: [UInt8] = [UInt8(ascii: "K"), 1, UInt8(ascii: "N"), 0x86]
    bytes += Array(repeatElement(pair, count: count).joined())
    add("e")
    remember()
    let list = [UInt8(ascii: "j")] + little(remembered - 1)
    add("(")
    let call = Array("ccollections\nOrderedDict\n".utf8) + list + [0x85, UInt8(ascii: "R")]
    bytes += Array(repeatElement(call, count: 1 << random.below(11)).joined())
    add("t")
  }

  private mutating func addTensor(_ random: inout FuzzRandom) {
    add("ctorch._utils\n_rebuild_tensor_v2\n((")
    addText("storage")
    add("ctorch\n\(random.one(of: ["Float", "Half", "Byte", "Double"]))Storage\n")
    addText("\(random.below(2))")
    addText("cpu")
    let count = random.once(in: 3) ? random.interestingNumber() : 16
    addInteger(count)
    add("tQ")
    addInteger(random.once(in: 3) ? random.interestingNumber(near: 16) : 0)
    for _ in 0..<2 {
      add("(")
      for _ in 0..<random.below(random.once(in: 8) ? 20 : 4) {
        addInteger(random.once(in: 4) ? random.interestingNumber(near: 16) : 1 + random.below(4))
      }
      add("t")
    }
    add("NNtR")
  }
}
