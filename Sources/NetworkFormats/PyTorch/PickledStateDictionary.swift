/// The named tensors of a pickle, in its order.
struct PickledStateDictionary {
  let tensors: [(name: String, tensor: PickledTensor)]

  /// The keys under which checkpoints keep the state dictionary.
  private static let nestings: Set = ["state_dict", "model", "model_state_dict"]
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
    let named = pickle.dictionaries[index].compactMap { item in
      if let name = item.key.string, case .tensor(let tensor) = item.value {
        (name: name, tensor: tensor)
      } else {
        nil as (name: String, tensor: PickledTensor)?
      }
    }
    guard !named.isEmpty else { throw .damaged(reason: "it holds no named tensors") }
    let isPrefixed = named.allSatisfy { $0.name.hasPrefix(Self.prefix) }
    tensors = named.map {
      (isPrefixed ? String($0.name.dropFirst(Self.prefix.count)) : $0.name, $0.tensor)
    }
    var seen: Set<String> = []
    for (name, _) in tensors where !seen.insert(name).inserted {
      throw .damaged(reason: "it holds two tensors '\(name)'")
    }
  }

  private static func isNesting(_ item: (key: PickleValue, value: PickleValue)) -> Bool {
    guard let key = item.key.string, case .dictionary = item.value else { return false }
    return nestings.contains(key)
  }
}
