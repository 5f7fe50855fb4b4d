import ConvolutionalNetworks

/// Reads a pickle as far as tensors need it. It executes nothing: what Python would call is told by name and
/// answered by values of `PickleValue`, and any other name ends the reading.
///
/// A pickle may refer to the same value many times, and make containers of containers: what they take is counted
/// before it is allocated.
struct Unpickler {
  var cursor: PickleCursor
  private var stack: [PickleValue] = []
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]
  private(set) var tuples: [[PickleValue]] = []
  private(set) var lists: [[PickleValue]] = []
  private(set) var dictionaries: [[(key: PickleValue, value: PickleValue)]] = []
  private(set) var storages: [PickledStorage] = []
  private(set) var tensors: [PickledTensor] = []
  /// The types of the storages that were referred to, by their keys.
  private(set) var storageTypes: [String: ElementType] = [:]

  private let limits: ReadingLimits
  private var budget: ReadingBudget
  /// The most values and marks that were on the stack at once.
  private var greatestDepth = 0

  init(_ cursor: PickleCursor, limits: ReadingLimits, fileSize: Int) {
    self.cursor = cursor
    self.limits = limits
    budget = ReadingBudget(limits, fileSize: fileSize)
  }

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
    case .none, .newTrue, .newFalse, .binaryInt, .binaryInt1, .binaryInt2, .long1, .binaryFloat,
      .binaryString, .shortBinaryString, .binaryUnicode, .shortBinaryUnicode:
      try push(try scalar(opcode))
    case .emptyList, .emptyDictionary, .emptyTuple, .tuple, .tuple1, .tuple2, .tuple3:
      try pushContainer(opcode)
    case .append, .appends, .setItem, .setItems: try fillContainer(opcode)
    case .binaryGet, .longBinaryGet, .binaryPut, .longBinaryPut, .memoize: try remember(opcode)
    case .global:
      let module = try cursor.line()
      try push(.global(try PickleGlobal(module: module, name: try cursor.line())))
    case .stackGlobal:
      guard let name = try pop().string, let module = try pop().string else {
        throw Self.unbalanced
      }
      try push(.global(try PickleGlobal(module: module, name: name)))
    case .persistentID:
      // Apart: popped as the argument, the value would make a copy of the stack, once for each storage.
      let identifier = try pop()
      let storage = try storage(identifier)
      try take(1, of: Self.tensorCost)
      storageTypes[storage.key] = storage.type
      storages.append(storage)
      try push(.storage(storages.count - 1))
    case .reduce:
      guard case .tuple(let arguments) = try pop(), case .global(let global) = try pop() else {
        throw Self.unbalanced
      }
      try push(try value(of: global, tuples[arguments]))
    case .build:
      // The state of a dictionary: the versions of the modules that wrote it.
      _ = try pop()
    }
  }

  // MARK: What is kept

  /// What a value takes at most in an array that grows.
  private static let valueCost = 2 * MemoryLayout<PickleValue>.stride
  /// What an item of a dictionary takes at most.
  static let itemCost = 2 * valueCost
  /// What an array takes besides its elements.
  private static let containerCost = 64
  /// What a tensor or storage takes, and the entry of the tensor in a state dictionary.
  private static let tensorCost = 256

  /// Counts memory before it is allocated.
  mutating func take(_ count: Int, of cost: Int) throws(WeightsFileError.Problem) {
    do throws(ReadingBudget.Exceeded) { try budget.take(count, of: cost) } catch {
      throw .exceedsLimits(reason: "\(error)")
    }
  }

  /// Counts a further tensor.
  mutating func takeTensor() throws(WeightsFileError.Problem) {
    try take(1, of: Self.tensorCost)
    guard tensors.count < limits.nodes else {
      throw .exceedsLimits(
        reason: "it describes more than \(limits.nodes) tensors (ReadingLimits.nodes)")
    }
  }

  /// Keeps a dictionary and returns its place.
  mutating func addDictionary(_ items: [(key: PickleValue, value: PickleValue)])
    throws(WeightsFileError.Problem) -> PickleValue.ArenaIndex
  {
    try take(1, of: Self.containerCost)
    dictionaries.append(items)
    return dictionaries.count - 1
  }

  /// Keeps a tensor and returns its place.
  mutating func addTensor(_ tensor: PickledTensor) -> PickleValue.ArenaIndex {
    tensors.append(tensor)
    return tensors.count - 1
  }

  // MARK: The stack

  /// Counts what the stack takes when it is deeper than ever.
  private mutating func takeDepth() throws(WeightsFileError.Problem) {
    guard stack.count + marks.count == greatestDepth else { return }
    try take(1, of: Self.valueCost)
    greatestDepth += 1
  }

  private mutating func push(_ value: PickleValue) throws(WeightsFileError.Problem) {
    try takeDepth()
    stack.append(value)
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

  private mutating func pushContainer(_ opcode: PickleOpcode) throws(WeightsFileError.Problem) {
    switch opcode {
    case .emptyList:
      try take(1, of: Self.containerCost)
      lists.append([])
      try push(.list(lists.count - 1))
    case .emptyDictionary:
      try push(.dictionary(try addDictionary([])))
    default:
      var elements: [PickleValue] = []
      switch opcode {
      case .tuple: elements = try popToMark()
      case .tuple1: elements = [try pop()]
      case .tuple2: elements = [try pop(), try pop()].reversed()
      case .tuple3: elements = [try pop(), try pop(), try pop()].reversed()
      default: break
      }
      try take(1, of: Self.containerCost + elements.count * Self.valueCost)
      tuples.append(elements)
      try push(.tuple(tuples.count - 1))
    }
  }

  private mutating func fillContainer(_ opcode: PickleOpcode) throws(WeightsFileError.Problem) {
    let values: [PickleValue]
    switch opcode {
    case .append: values = [try pop()]
    case .setItem: values = [try pop(), try pop()].reversed()
    default: values = try popToMark()
    }
    try take(values.count, of: Self.valueCost)
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
      try push(value)
    default:
      guard let value = stack.last else { throw Self.unbalanced }
      if memo.updateValue(value, forKey: index) == nil { try take(1, of: 2 * Self.valueCost) }
    }
  }
}
