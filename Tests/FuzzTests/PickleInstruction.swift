/// An instruction of a pickle with its argument, as bytes.
struct PickleInstruction {
  var opcode: UInt8
  var argument: [UInt8]

  var bytes: [UInt8] { [opcode] + argument }

  /// The instructions of the pickle that `bytes` begin with, up to the one that ends it.
  static func parse(_ bytes: ArraySlice<UInt8>) -> [PickleInstruction] {
    var rest = bytes
    var result: [PickleInstruction] = []
    while let opcode = rest.popFirst() {
      let length: Int
      switch opcode {
      case 0x80, UInt8(ascii: "K"), UInt8(ascii: "h"), UInt8(ascii: "q"): length = 1
      case UInt8(ascii: "M"): length = 2
      case UInt8(ascii: "J"), UInt8(ascii: "j"), UInt8(ascii: "r"): length = 4
      case 0x95, UInt8(ascii: "G"): length = 8
      case 0x8A, 0x8C, UInt8(ascii: "U"), UInt8(ascii: "C"): length = 1 + Int(rest.first ?? 0)
      case UInt8(ascii: "X"), UInt8(ascii: "T"), UInt8(ascii: "B"), 0x8B:
        length = 4 + rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      case 0x8D, 0x8E, 0x96:
        length = 8 + rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      case UInt8(ascii: "c"):
        let line = rest.firstIndex(of: 10) ?? rest.endIndex
        let second = rest[line...].dropFirst().firstIndex(of: 10) ?? rest.endIndex
        length = second - rest.startIndex + 1
      default: length = 0
      }
      result.append(PickleInstruction(opcode: opcode, argument: Array(rest.prefix(length))))
      rest = rest.dropFirst(length)
      if opcode == UInt8(ascii: ".") { return result }
    }
    return result
  }

  /// Any instruction, mostly a known one, with an argument of the right form.
  static func any(_ random: inout FuzzRandom) -> PickleInstruction {
    let known: [UInt8] =
      Array("(N]})taesuQRbKMJGhqjrXTUc012oBC".utf8)
      + [0x80, 0x81, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8B, 0x8C, 0x8D, 0x8E, 0x8F]
      + [0x90, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96]
    let opcode =
      random.once(in: 50) ? UInt8(truncatingIfNeeded: random.next()) : random.one(of: known)
    return PickleInstruction(opcode: opcode, argument: argument(of: opcode, &random))
  }

  private static func argument(of opcode: UInt8, _ random: inout FuzzRandom) -> [UInt8] {
    func number(_ width: Int) -> [UInt8] {
      let number = random.interestingNumber()
      return (0..<width).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    let text = Array(random.one(of: texts).utf8)
    switch opcode {
    case 0x80: return [2]
    case UInt8(ascii: "h"), UInt8(ascii: "q"): return [UInt8(random.below(12))]
    case UInt8(ascii: "K"): return number(1)
    case UInt8(ascii: "M"): return number(2)
    case UInt8(ascii: "J"): return number(4)
    case UInt8(ascii: "j"), UInt8(ascii: "r"):
      return random.once(in: 4) ? number(4) : [UInt8(random.below(12)), 0, 0, 0]
    case 0x95, UInt8(ascii: "G"): return number(8)
    case 0x8A: return random.once(in: 2) ? [8] + number(8) : [UInt8(random.below(10))]
    case 0x8C, UInt8(ascii: "U"), UInt8(ascii: "C"): return [UInt8(text.count)] + text
    case 0x8D, 0x8E, 0x96:
      return (random.once(in: 8) ? number(8) : [UInt8(text.count), 0, 0, 0, 0, 0, 0, 0]) + text
    case UInt8(ascii: "X"), UInt8(ascii: "T"), UInt8(ascii: "B"), 0x8B:
      return random.once(in: 8) ? number(4) + text : [UInt8(text.count), 0, 0, 0] + text
    case UInt8(ascii: "c"):
      return Array(random.one(of: globals).utf8)
    default: return []
    }
  }

  private static let texts = [
    "storage", "0", "1", "cpu", "state_dict", "model", "weight", "module.weight", "little_endian",
    "FloatStorage", "", "collections", "OrderedDict", "ema", "_modules", "_parameters", "argparse",
  ]
  private static let globals = [
    "collections\nOrderedDict\n", "torch._utils\n_rebuild_tensor_v2\n",
    "torch._utils\n_rebuild_tensor\n", "torch._utils\n_rebuild_parameter\n",
    "torch\nFloatStorage\n", "torch\nHalfStorage\n", "torch\nDoubleStorage\n",
    "torch\nLongStorage\n", "torch._utils\n_rebuild_tensor_v3\n", "torch\nuint16\n",
    "torch.storage\nUntypedStorage\n", "torch\nComplexFloatStorage\n",
    "torch._tensor\n_rebuild_from_type_v2\n", "argparse\nNamespace\n",
    "numpy._core.multiarray\nscalar\n",
    "os\nsystem\n",
  ]
}
