/// Reads a pickle as far as tensors need it. It executes nothing: what Python would call is told by name and
/// answered by values of `PickleValue`, and any other name ends the reading.
struct Unpickler {
  private(set) var cursor: PickleCursor
  private var stack: [PickleValue] = []
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]
  private(set) var tuples: [[PickleValue]] = []
  private(set) var lists: [[PickleValue]] = []
  private(set) var dictionaries: [[(key: PickleValue, value: PickleValue)]] = []
  /// The types of the storages that were referred to, by their keys.
  private(set) var storageTypes: [String: ElementType] = [:]

  init(_ cursor: PickleCursor) { self.cursor = cursor }

  /// The value of the pickle; the cursor ends behind it.
  mutating func run() throws(WeightsFileError.Problem) -> PickleValue {
    stack = []
    marks = []
    memo = [:]
    while true {
      let byte = try cursor.byte()
      guard let opcode = PickleOpcode(rawValue: byte) else {
        throw .unsupported("instruction \(byte) of its pickle")
      }
      if opcode == .stop {
        guard marks.isEmpty, stack.count == 1 else { throw Self.unbalanced }
        return stack.removeLast()
      }
      try execute(opcode)
    }
  }

  private static let unbalanced = WeightsFileError.Problem.damaged(
    reason: "the instructions of its pickle do not fit together")

  private mutating func execute(_ opcode: PickleOpcode) throws(WeightsFileError.Problem) {
    switch opcode {
    case .proto:
      let version = try cursor.byte()
      guard (2...5).contains(version) else { throw .unsupported("pickle protocol \(version)") }
    case .frame: _ = try cursor.number(byteCount: 8)
    case .mark: marks.append(stack.count)
    case .stop: break
    case .none, .newTrue, .newFalse, .binaryInt, .binaryInt1, .binaryInt2, .long1, .binaryFloat,
      .binaryString, .shortBinaryString, .binaryUnicode, .shortBinaryUnicode:
      try pushScalar(opcode)
    case .emptyList, .emptyDictionary, .emptyTuple, .tuple, .tuple1, .tuple2, .tuple3:
      try pushContainer(opcode)
    case .append, .appends, .setItem, .setItems: try fillContainer(opcode)
    case .binaryGet, .longBinaryGet, .binaryPut, .longBinaryPut, .memoize: try remember(opcode)
    case .global:
      let module = try cursor.line()
      stack.append(.global(try PickleGlobal(module: module, name: try cursor.line())))
    case .stackGlobal:
      guard let name = try pop().string, let module = try pop().string else {
        throw Self.unbalanced
      }
      stack.append(.global(try PickleGlobal(module: module, name: name)))
    case .persistentID:
      let storage = try storage(pop())
      storageTypes[storage.key] = storage.type
      stack.append(.storage(storage))
    case .reduce:
      guard case .tuple(let arguments) = try pop(), case .global(let global) = try pop() else {
        throw Self.unbalanced
      }
      stack.append(try value(of: global, tuples[arguments]))
    case .build:
      // The state of a dictionary: the versions of the modules that wrote it.
      _ = try pop()
    }
  }

  /// Keeps a dictionary and returns its place.
  mutating func addDictionary(_ items: [(key: PickleValue, value: PickleValue)])
    -> PickleValue.ArenaIndex
  {
    dictionaries.append(items)
    return dictionaries.count - 1
  }

  private mutating func pop() throws(WeightsFileError.Problem) -> PickleValue {
    guard stack.count > marks.last ?? 0 else { throw Self.unbalanced }
    return stack.removeLast()
  }

  /// The values above the last mark.
  private mutating func popToMark() throws(WeightsFileError.Problem) -> [PickleValue] {
    guard let mark = marks.popLast() else { throw Self.unbalanced }
    defer { stack.removeSubrange(mark...) }
    return Array(stack[mark...])
  }

  private mutating func pushScalar(_ opcode: PickleOpcode) throws(WeightsFileError.Problem) {
    let value: PickleValue
    switch opcode {
    case .newTrue: value = .bool(true)
    case .newFalse: value = .bool(false)
    case .binaryInt:
      value = .int(Int(Int32(truncatingIfNeeded: try cursor.number(byteCount: 4))))
    case .binaryInt1: value = .int(Int(try cursor.byte()))
    case .binaryInt2: value = .int(Int(try cursor.number(byteCount: 2)))
    case .long1: value = try long()
    case .binaryFloat:
      value = .float(Double(bitPattern: try cursor.number(byteCount: 8).byteSwapped))
    case .binaryString: value = try string(byteCount: 4)
    case .shortBinaryString: value = try string(byteCount: 1)
    case .binaryUnicode: value = try string(byteCount: 4)
    case .shortBinaryUnicode: value = try string(byteCount: 1)
    default: value = .none
    }
    stack.append(value)
  }

  private mutating func string(byteCount: Int) throws(WeightsFileError.Problem) -> PickleValue {
    let text = try cursor.text(try cursor.number(byteCount: byteCount))
    return .string(text)
  }

  /// An integer of up to 255 bytes in two's complement; what takes more than 64 bits is no size or offset.
  private mutating func long() throws(WeightsFileError.Problem) -> PickleValue {
    let bytes = try cursor.take(UInt64(try cursor.byte()))
    guard bytes.count <= 8 else { return .bytes }
    let bits = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let unused = 64 - 8 * bytes.count
    return .int(unused == 64 ? 0 : Int(truncatingIfNeeded: bits << unused) >> unused)
  }

  private mutating func pushContainer(_ opcode: PickleOpcode) throws(WeightsFileError.Problem) {
    switch opcode {
    case .emptyList:
      stack.append(.list(lists.count))
      lists.append([])
    case .emptyDictionary:
      stack.append(.dictionary(addDictionary([])))
    default:
      var elements: [PickleValue] = []
      switch opcode {
      case .tuple: elements = try popToMark()
      case .tuple1: elements = [try pop()]
      case .tuple2: elements = [try pop(), try pop()].reversed()
      case .tuple3: elements = [try pop(), try pop(), try pop()].reversed()
      default: break
      }
      stack.append(.tuple(tuples.count))
      tuples.append(elements)
    }
  }

  private mutating func fillContainer(_ opcode: PickleOpcode) throws(WeightsFileError.Problem) {
    let values: [PickleValue]
    switch opcode {
    case .append: values = [try pop()]
    case .setItem: values = [try pop(), try pop()].reversed()
    default: values = try popToMark()
    }
    switch (opcode, stack.last) {
    case (.append, .list(let index)), (.appends, .list(let index)): lists[index] += values
    case (.setItem, .dictionary(let index)), (.setItems, .dictionary(let index)):
      guard values.count.isMultiple(of: 2) else { throw Self.unbalanced }
      for pair in stride(from: 0, to: values.count, by: 2) {
        dictionaries[index].append((values[pair], values[pair + 1]))
      }
    default: throw Self.unbalanced
    }
  }

  private mutating func remember(_ opcode: PickleOpcode) throws(WeightsFileError.Problem) {
    let isShort = opcode == .binaryGet || opcode == .binaryPut
    let index =
      opcode == .memoize ? memo.count : Int(try cursor.number(byteCount: isShort ? 1 : 4))
    switch opcode {
    case .binaryGet, .longBinaryGet:
      guard let value = memo[index] else { throw Self.unbalanced }
      stack.append(value)
    default:
      guard let value = stack.last else { throw Self.unbalanced }
      memo[index] = value
    }
  }
}
