import ConvolutionalNetworks

/// Reads a pickle as far as tensors need it. It executes nothing: what Python would call is told by name and
/// answered by values of `PickleValue`, those of names that tensors do not need by objects without a meaning.
///
/// A pickle may refer to the same value many times, and make containers of containers: what they take is counted
/// before it is allocated.
struct Unpickler {
  var cursor: PickleCursor
  var arena: PickleArena
  private var stack: [PickleValue] = []
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]
  /// What the pickle refers to in order to run it, which nothing here does.
  var commands: [String] = []
  /// The most values and marks that were on the stack at once.
  private var greatestDepth = 0

  init(_ cursor: PickleCursor, limits: ReadingLimits, fileSize: Int) {
    self.cursor = cursor
    arena = PickleArena(limits: limits, fileSize: fileSize)
  }

  /// The value of the pickle; the cursor ends behind it.
  ///
  /// - Throws: `WeightsFileError.Problem.forbiddenGlobals` with everything that is there to be run.
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
        guard commands.isEmpty else { throw .forbiddenGlobals(commands) }
        return stack.removeLast()
      }
      try execute(opcode)
    }
  }

  static let unbalanced = WeightsFileError.Problem.damaged(
    reason: "the instructions of its pickle do not fit together")

  private mutating func execute(_ opcode: PickleOpcode) throws(WeightsFileError.Problem) {
    switch opcode {
    case .proto:
      let version = try cursor.byte()
      guard (2...5).contains(version) else { throw .unsupported("pickle protocol \(version)") }
    case .frame: _ = try cursor.number(byteCount: 8)
    case .mark:
      try takeDepth()
      marks.append(stack.count)
    case .stop: break
    case .pop:
      // A mark is what this takes, where one is on top.
      if marks.last == stack.count { marks.removeLast() } else { _ = try pop() }
    case .popMark: _ = try popToMark()
    case .duplicate: try push(try top())
    case .none, .newTrue, .newFalse, .binaryInt, .binaryInt1, .binaryInt2, .long1, .long4,
      .binaryFloat, .binaryString, .shortBinaryString, .binaryUnicode, .shortBinaryUnicode,
      .longBinaryUnicode, .binaryBytes, .shortBinaryBytes, .longBinaryBytes, .byteArray:
      try push(try scalar(opcode))
    case .emptyList, .emptyDictionary, .emptyTuple, .tuple, .tuple1, .tuple2, .tuple3, .emptySet,
      .frozenSet:
      try push(try container(opcode))
    case .append, .appends, .setItem, .setItems, .addItems: try fillContainer(opcode)
    case .binaryGet, .longBinaryGet, .binaryPut, .longBinaryPut, .memoize: try remember(opcode)
    case .global, .stackGlobal: try push(.global(try global(opcode)))
    case .persistentID:
      // Apart: popped as the argument, the value would make a copy of the stack, once for each storage.
      let identifier = try pop()
      try push(try storage(identifier))
    case .reduce, .newObject, .newObjectWithKeywords, .object: try push(try made(opcode))
    case .build:
      let state = try pop()
      // That of a dictionary is the versions of the modules that wrote it.
      if case .object(let index) = try top() { arena.setState(state, ofObject: index) }
    }
  }

  // MARK: The stack

  /// Counts what the stack takes when it is deeper than ever.
  private mutating func takeDepth() throws(WeightsFileError.Problem) {
    guard stack.count + marks.count == greatestDepth else { return }
    try arena.take(1, of: PickleArena.valueCost)
    greatestDepth += 1
  }

  private mutating func push(_ value: PickleValue) throws(WeightsFileError.Problem) {
    try takeDepth()
    stack.append(value)
  }

  func top() throws(WeightsFileError.Problem) -> PickleValue {
    guard let value = stack.last else { throw Self.unbalanced }
    return value
  }

  mutating func pop() throws(WeightsFileError.Problem) -> PickleValue {
    guard stack.count > marks.last ?? 0 else { throw Self.unbalanced }
    return stack.removeLast()
  }

  /// The values above the last mark.
  mutating func popToMark() throws(WeightsFileError.Problem) -> [PickleValue] {
    guard let mark = marks.popLast() else { throw Self.unbalanced }
    defer { stack.removeSubrange(mark...) }
    return Array(stack[mark...])
  }

  private mutating func remember(_ opcode: PickleOpcode) throws(WeightsFileError.Problem) {
    let isShort = opcode == .binaryGet || opcode == .binaryPut
    let index =
      opcode == .memoize ? memo.count : Int(try cursor.number(byteCount: isShort ? 1 : 4))
    switch opcode {
    case .binaryGet, .longBinaryGet:
      guard let value = memo[index] else { throw Self.unbalanced }
      try push(value)
    default:
      if memo.updateValue(try top(), forKey: index) == nil {
        try arena.take(2, of: PickleArena.valueCost)
      }
    }
  }
}
