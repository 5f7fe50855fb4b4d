/// The named tensors of a pickle, in its order.
struct PickledStateDictionary {
  let tensors: [(name: String, tensor: PickledTensor)]

  /// The keys under which checkpoints keep the state dictionary.
  private static let nestings = ["state_dict", "model", "model_state_dict"]
  private static let deepestNesting = 4
  /// What distributed training puts before each name.
  private static let prefix = "module."

  /// - Throws: `WeightsFileError.Problem.damaged` where there are no tensors, or two of a name.
  init(_ root: PickleValue, of pickle: Unpickler) throws(WeightsFileError.Problem) {
    var value = root
    for _ in 0..<Self.deepestNesting {
      guard case .dictionary(let index) = value,
        let nested = pickle.dictionaries[index].first(where: { Self.isNesting($0) })
      else { break }
      value = nested.value
    }
    guard case .dictionary(let index) = value else {
      throw .unsupported("a pickle that is no dictionary of tensors")
    }
    // Counters and settings may stand beside the tensors.
    var named: [(name: String, tensor: PickledTensor)] = []
    var seen: Set<String> = []
    for item in pickle.dictionaries[index] {
      guard let name = item.key.string, case .tensor(let tensor) = item.value else { continue }
      // At once: one long name that is referred to again and again would take any time and memory.
      guard seen.insert(name).inserted else {
        throw .damaged(reason: "it holds two tensors '\(name)'")
      }
      named.append((name, pickle.tensors[tensor]))
    }
    guard !named.isEmpty else { throw .damaged(reason: "it holds no named tensors") }
    let isPrefixed = named.allSatisfy { $0.name.hasPrefix(Self.prefix) }
    tensors =
      isPrefixed
      ? named.map { (String($0.name.dropFirst(Self.prefix.count)), $0.tensor) } : named
  }

  private static func isNesting(_ item: (key: PickleValue, value: PickleValue)) -> Bool {
    guard let key = item.key.string, case .dictionary = item.value else { return false }
    // Compared and not hashed, which would read a long key that is referred to again and again as often.
    return nestings.contains { $0 == key }
  }
}
