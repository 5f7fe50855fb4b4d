/// The dictionaries of named tensors in a pickle, however deep training scripts have nested them.
struct PickledCheckpoint {
  /// In the pickle's order, outer ones first.
  private(set) var dictionaries: [Dictionary] = []
  /// Tensors of kinds that are not read, sparse or complex ones for instance, with what PyTorch makes them by.
  private(set) var unread: [(name: String, maker: String)] = []
  /// The text beside the tensors, such as a licence.
  private(set) var texts: [String: String] = [:]

  /// The tensors of one dictionary.
  struct Dictionary {
    /// The keys that lead to it, each with a point behind it: `state_dict.`
    let path: String
    var tensors: [(name: String, tensor: PickledTensor)] = []
  }

  /// What is still to be looked at.
  private var rest: [(value: PickleValue, path: String, depth: Int)] = []
  /// The class of the first module that was saved as a whole.
  private var module: String?

  private static let longestText = 1_024
  private static let mostTexts = 64
  private static let mostUnread = 100
  /// What a tensor's entry in a state dictionary takes besides its name.
  private static let entryCost = 256

  /// - Throws: `WeightsFileError.Problem.wholeModule` where the tensors are in a module and nowhere else, `.damaged`
  ///   where there are none, or two of a name.
  init(_ root: PickleValue, in arena: inout PickleArena) throws(WeightsFileError.Problem) {
    rest = [(root, "", 0)]
    var seenDictionaries: Set<Int> = []
    var seenLists: Set<Int> = []
    while let (value, path, depth) = rest.popLast() {
      switch value {
      case .dictionary(let index):
        guard seenDictionaries.insert(index).inserted else { continue }
        try add(index, path, depth, in: &arena)
      case .object(let index):
        let object = arena.objects[index]
        if let items = object.items { rest.append((.dictionary(items), path, depth)) }
        // What `torch.fx` has traced is made again by a function, and not by a class with attributes.
        if object.maker.hasPrefix("torch.fx.graph_module") { module = module ?? object.maker }
        guard case .dictionary(let state)? = object.state else { continue }
        if Self.isModule(arena.dictionaries[state]) {
          module = module ?? object.maker
        } else {
          rest.append((.dictionary(state), path, depth))
        }
      case .list(let index) where depth == 0 && seenLists.insert(index).inserted:
        try push(arena.lists[index], in: &arena)
      case .tuple(let index) where depth == 0: try push(arena.tuples[index], in: &arena)
      default: continue
      }
    }
    guard dictionaries.isEmpty else { return }
    if let module { throw .wholeModule(module) }
    if case .dictionary = root { throw .damaged(reason: "it holds no named tensors") }
    throw .unsupported("a pickle that is no dictionary of tensors")
  }

  /// The dictionaries in an outermost list or tuple, by their places.
  private mutating func push(_ elements: [PickleValue], in arena: inout PickleArena)
    throws(WeightsFileError.Problem)
  {
    try arena.take(elements.count, of: PickleArena.itemCost)
    for (place, element) in elements.enumerated().reversed() {
      rest.append((element, "\(place).", 1))
    }
  }

  private mutating func add(
    _ index: Int, _ path: String, _ depth: Int, in arena: inout PickleArena
  ) throws(WeightsFileError.Problem) {
    var dictionary = Dictionary(path: path)
    var nested: [(value: PickleValue, path: String, depth: Int)] = []
    var seen: Set<String> = []
    for item in arena.dictionaries[index] {
      // Numbers are keys of parts at the top, and of what optimizers keep below.
      guard let name = item.key.string ?? (depth == 0 ? item.key.int.map { "\($0)" } : nil) else {
        continue
      }
      switch item.value {
      case .tensor(let tensor):
        // At once: one long name that is referred to again and again would take any time and memory.
        guard seen.insert(name).inserted else {
          throw .damaged(reason: "it holds two tensors '\(name)'")
        }
        // What its name takes once more with the way to it before it.
        if !path.isEmpty {
          try arena.take(1, of: path.utf8.count + name.utf8.count + Self.entryCost)
        }
        dictionary.tensors.append((name, arena.tensors[tensor]))
      case .dictionary, .object:
        if case .object(let object) = item.value, Self.isTensor(arena.objects[object].maker) {
          try addUnread(path, name, arena.objects[object].maker, in: &arena)
        }
        guard depth < arena.limits.depth else { continue }
        try arena.take(path.utf8.count + name.utf8.count, of: 2)
        nested.append((item.value, "\(path)\(name).", depth + 1))
      case .string(let text) where depth == 0: addText(name, text)
      default: continue
      }
    }
    if !dictionary.tensors.isEmpty { dictionaries.append(dictionary) }
    rest += nested.reversed()
  }

  private mutating func addUnread(
    _ path: String, _ name: String, _ maker: String, in arena: inout PickleArena
  ) throws(WeightsFileError.Problem) {
    guard unread.count < Self.mostUnread else { return }
    try arena.take(path.utf8.count + name.utf8.count, of: 2)
    unread.append(("\(path)\(name)", maker))
  }

  private mutating func addText(_ name: String, _ text: String) {
    guard texts.count < Self.mostTexts, name.utf8.count <= Self.longestText,
      text.utf8.count <= Self.longestText
    else { return }
    texts[name] = text
  }

  /// Whether attributes are those of `torch.nn.Module`.
  private static func isModule(_ state: [(key: PickleValue, value: PickleValue)]) -> Bool {
    func contains(_ name: String) -> Bool { state.contains { $0.key.string == name } }
    return contains("_modules") && contains("_parameters")
  }

  /// Whether what Python would call makes a tensor, or a storage of numbers that are not read.
  private static func isTensor(_ maker: String) -> Bool {
    maker.hasPrefix("torch.")
      && (maker.contains("._rebuild_") || maker.hasSuffix("Storage"))
  }
}
