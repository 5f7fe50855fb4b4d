/// What Python would call, and what is answered instead.
extension Unpickler {
  private static let mostCommands = 20

  /// The name that an instruction states.
  mutating func global(_ opcode: PickleOpcode) throws(WeightsFileError.Problem) -> PickleGlobal {
    let module: String
    let name: String
    if opcode == .global {
      module = try cursor.line()
      name = try cursor.line()
    } else {
      let last = try pop().string
      guard let last, let first = try pop().string else { throw Self.unbalanced }
      (module, name) = (first, last)
    }
    try arena.take(2, of: module.utf8.count + name.utf8.count)
    let global = PickleGlobal(module: module, name: name)
    if global.runsCode, commands.count < Self.mostCommands {
      let name = "\(module).\(name)"
      if !commands.contains(name) { commands.append(name) }
    }
    return global
  }

  /// What a call of a function or of a class would return.
  mutating func made(_ opcode: PickleOpcode) throws(WeightsFileError.Problem) -> PickleValue {
    var arguments: [PickleValue]
    let callee: PickleValue
    if opcode == .object {
      arguments = try popToMark()
      guard !arguments.isEmpty else { throw Self.unbalanced }
      callee = arguments.removeFirst()
    } else {
      if opcode == .newObjectWithKeywords { _ = try pop() }
      guard case .tuple(let index) = try pop() else { throw Self.unbalanced }
      arguments = arena.tuples[index]
      callee = try pop()
    }
    switch callee {
    case .global(let global): return try value(of: global, arguments)
    case .object(let index): return try arena.addObject(arena.objects[index].maker)
    default: throw Self.unbalanced
    }
  }

  private mutating func value(of global: PickleGlobal, _ arguments: [PickleValue])
    throws(WeightsFileError.Problem) -> PickleValue
  {
    switch global {
    case .orderedDictionary: return try orderedDictionary(arguments)
    case .rebuildTensor, .rebuildTypedTensor: return try tensor(global, arguments)
    case .rebuildParameter:
      // A parameter may be of a class of tensors that is not read.
      switch arguments.first {
      case .tensor?, .object?: return arguments[0]
      default: throw .damaged(reason: "a parameter has no tensor")
      }
    case .rebuildFromType:
      // (function, class, arguments, state): a tensor with attributes, or of a class of its own.
      guard arguments.count == 4, case .global(let function) = arguments[0],
        function == .rebuildTensor || function == .rebuildTypedTensor,
        case .tuple(let inner) = arguments[2]
      else { return try arena.addObject("torch._tensor._rebuild_from_type_v2") }
      return try value(of: function, arena.tuples[inner])
    case .storage(let type): return try arena.addObject("torch.storage of \(type)")
    case .elementType(let type): return try arena.addObject("torch.\(type)")
    case .other(let name): return try arena.addObject(name)
    }
  }

  /// Empty, or made of a list of pairs.
  private mutating func orderedDictionary(_ arguments: [PickleValue])
    throws(WeightsFileError.Problem) -> PickleValue
  {
    guard let argument = arguments.first else {
      return .dictionary(try arena.add(dictionary: []))
    }
    guard case .list(let list) = argument else {
      throw .damaged(reason: "a dictionary has no pairs")
    }
    // Counted here as well as where the list was filled: a list may be made a dictionary again and again.
    try arena.take(arena.lists[list].count, of: PickleArena.itemCost)
    var items: [(key: PickleValue, value: PickleValue)] = []
    items.reserveCapacity(arena.lists[list].count)
    for pair in arena.lists[list] {
      let parts: [PickleValue] =
        switch pair {
        case .tuple(let index): arena.tuples[index]
        case .list(let index): arena.lists[index]
        default: []
        }
      guard parts.count == 2 else { throw .damaged(reason: "a dictionary has no pairs") }
      items.append((parts[0], parts[1]))
    }
    return .dictionary(try arena.add(dictionary: items))
  }
}
