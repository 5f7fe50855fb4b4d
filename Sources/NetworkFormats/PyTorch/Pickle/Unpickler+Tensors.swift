/// What the globals of a file of tensors make of their arguments.
extension Unpickler {
  /// The value that Python would get by calling `global`.
  mutating func value(of global: PickleGlobal, _ arguments: [PickleValue])
    throws(WeightsFileError.Problem) -> PickleValue
  {
    switch global {
    case .orderedDictionary: try orderedDictionary(arguments)
    case .rebuildTensor: .tensor(addTensor(try tensor(arguments)))
    case .rebuildParameter:
      if case .tensor(let tensor)? = arguments.first {
        .tensor(tensor)
      } else {
        throw .damaged(reason: "a parameter has no tensor")
      }
    case .storage(let type): throw .unsupported("a \(type) storage that the pickle itself makes")
    }
  }

  /// Empty, or made of a list of pairs.
  private mutating func orderedDictionary(_ arguments: [PickleValue])
    throws(WeightsFileError.Problem) -> PickleValue
  {
    var items: [(key: PickleValue, value: PickleValue)] = []
    // Counted here as well as where the list was filled: a list may be made a dictionary again and again.
    if case .list(let pairs)? = arguments.first {
      try take(lists[pairs].count, of: Self.itemCost)
      items.reserveCapacity(lists[pairs].count)
    }
    if case .list(let pairs)? = arguments.first {
      for pair in lists[pairs] {
        let parts: [PickleValue] =
          switch pair {
          case .tuple(let index): tuples[index]
          case .list(let index): lists[index]
          default: []
          }
        guard parts.count == 2 else { throw .damaged(reason: "a dictionary has no pairs") }
        items.append((parts[0], parts[1]))
      }
    } else if !arguments.isEmpty {
      throw .damaged(reason: "a dictionary has no pairs")
    }
    return .dictionary(try addDictionary(items))
  }

  /// `(storage, offset, size, stride, …)`.
  private mutating func tensor(_ arguments: [PickleValue]) throws(WeightsFileError.Problem)
    -> PickledTensor
  {
    try takeTensor()
    guard arguments.count >= 4, case .storage(let storage) = arguments[0],
      let first = arguments[1].int, let shape = integers(arguments[2]),
      let strides = integers(arguments[3])
    else { throw .damaged(reason: "a tensor is not described as PyTorch does") }
    return PickledTensor(
      storage: storages[storage], layout: try StridedLayout(shape: shape, strides: strides),
      first: first)
  }

  private func integers(_ value: PickleValue) -> [Int]? {
    // No tensor has more axes, and a long tuple may be referred to again and again.
    guard case .tuple(let index) = value, tuples[index].count <= StridedLayout.greatestRank else {
      return nil
    }
    let numbers = tuples[index].compactMap(\.int)
    return numbers.count == tuples[index].count ? numbers : nil
  }

  /// More than PyTorch's numbers take; a key is looked up as often as a storage is referred to.
  private static let longestKey = 256

  /// `("storage", type, key, device, count[, view])`, where a view is `(key, offset, count)`.
  func storage(_ identifier: PickleValue) throws(WeightsFileError.Problem) -> PickledStorage {
    guard case .tuple(let index) = identifier, (5...6).contains(tuples[index].count),
      tuples[index][0].string == "storage", case .global(.storage(let type)) = tuples[index][1],
      let key = tuples[index][2].string, key.utf8.count <= Self.longestKey,
      let count = tuples[index][4].int, count >= 0
    else { throw .damaged(reason: "a storage is not described as PyTorch does") }
    var view = 0..<count
    if tuples[index].count == 6, case .tuple(let viewed) = tuples[index][5] {
      guard tuples[viewed].count == 3, let offset = tuples[viewed][1].int,
        let length = tuples[viewed][2].int, offset >= 0, length >= 0, offset <= count,
        length <= count - offset
      else { throw .damaged(reason: "the view of storage '\(key)' lies outside it") }
      view = offset..<(offset + length)
    }
    return PickledStorage(type: type, key: key, count: count, view: view)
  }
}
