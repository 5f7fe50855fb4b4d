/// Tuples, lists, dictionaries and sets.
extension Unpickler {
  /// The container that an instruction makes of nothing, or of what is on the stack.
  mutating func container(_ opcode: PickleOpcode) throws(WeightsFileError.Problem) -> PickleValue {
    switch opcode {
    case .emptyList: return try arena.addList()
    case .emptyDictionary: return .dictionary(try arena.add(dictionary: []))
    case .emptySet: return try arena.addObject("set")
    case .frozenSet:
      _ = try popToMark()
      return try arena.addObject("frozenset")
    case .tuple: return try arena.add(tuple: try popToMark())
    case .tuple1: return try arena.add(tuple: [try pop()])
    case .tuple2: return try arena.add(tuple: [try pop(), try pop()].reversed())
    case .tuple3: return try arena.add(tuple: [try pop(), try pop(), try pop()].reversed())
    default: return try arena.add(tuple: [])
    }
  }

  /// Adds what is on the stack to the container beneath it.
  mutating func fillContainer(_ opcode: PickleOpcode) throws(WeightsFileError.Problem) {
    let values: [PickleValue]
    switch opcode {
    case .append: values = [try pop()]
    case .setItem: values = [try pop(), try pop()].reversed()
    default: values = try popToMark()
    }
    switch (opcode, try top()) {
    case (.append, .list(let index)), (.appends, .list(let index)):
      try arena.append(values, toList: index)
    case (.setItem, .dictionary(let index)), (.setItems, .dictionary(let index)):
      try arena.append(values, toDictionary: index)
    case (.setItem, .object(let index)), (.setItems, .object(let index)):
      try arena.append(values, toDictionary: try arena.items(ofObject: index))
    // What a list or a set of a class of its own holds is of no use to tensors.
    case (.append, .object), (.appends, .object), (.addItems, .object): break
    default: throw Self.unbalanced
    }
  }
}
