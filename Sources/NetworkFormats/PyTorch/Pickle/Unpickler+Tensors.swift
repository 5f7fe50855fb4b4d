/// Tensors and storages as PyTorch describes them.
extension Unpickler {
  /// `(storage, offset, size, stride, …)`; of an untyped storage, the seventh says the type of the numbers.
  ///
  /// Numbers of a type that is not read make an object, as any other thing that is not read does.
  mutating func tensor(_ function: PickleGlobal, _ arguments: [PickleValue])
    throws(WeightsFileError.Problem) -> PickleValue
  {
    try arena.takeTensor()
    if case .object(let storage)? = arguments.first {
      return try arena.addObject(arena.objects[storage].maker)
    }
    guard arguments.count >= 4, case .storage(let place) = arguments[0],
      let first = arguments[1].int, let shape = integers(arguments[2]),
      let strides = integers(arguments[3])
    else { throw .damaged(reason: "a tensor is not described as PyTorch does") }
    var storage = arena.storages[place]
    if function == .rebuildTypedTensor {
      guard arguments.count >= 7, case .global(let type) = arguments[6] else {
        throw .damaged(reason: "a tensor does not say of which type its numbers are")
      }
      guard case .elementType(let type) = type, storage.type == .uint8 else {
        return try arena.addObject("torch._utils._rebuild_tensor_v3")
      }
      let count = storage.count / type.byteCount
      storage = PickledStorage(type: type, key: storage.key, count: count, view: 0..<count)
    }
    return arena.add(
      PickledTensor(
        storage: storage, layout: try StridedLayout(shape: shape, strides: strides), first: first))
  }

  private func integers(_ value: PickleValue) -> [Int]? {
    // No tensor has more axes, and a long tuple may be referred to again and again.
    guard case .tuple(let index) = value,
      arena.tuples[index].count <= StridedLayout.greatestRank
    else { return nil }
    let numbers = arena.tuples[index].compactMap(\.int)
    return numbers.count == arena.tuples[index].count ? numbers : nil
  }

  /// More than PyTorch's numbers take; a key is looked up as often as a storage is referred to.
  private static let longestKey = 256

  /// `("storage", type, key, device, count[, view])`, where a view is `(key, offset, count)`.
  mutating func storage(_ identifier: PickleValue) throws(WeightsFileError.Problem) -> PickleValue {
    guard case .tuple(let index) = identifier else { throw Self.unknownStorage }
    let parts = arena.tuples[index]
    guard (5...6).contains(parts.count), parts[0].string == "storage",
      case .global(let kind) = parts[1], let key = parts[2].string,
      key.utf8.count <= Self.longestKey, let count = parts[4].int, count >= 0
    else { throw Self.unknownStorage }
    if case .other(let name) = kind { return try arena.addUnread(key, maker: name) }
    guard case .storage(let type) = kind else { throw Self.unknownStorage }
    var view = 0..<count
    if parts.count == 6, case .tuple(let viewed) = parts[5] {
      let range = arena.tuples[viewed]
      guard range.count == 3, let offset = range[1].int, let length = range[2].int, offset >= 0,
        length >= 0, offset <= count, length <= count - offset
      else { throw .damaged(reason: "the view of storage '\(key)' lies outside it") }
      view = offset..<(offset + length)
    }
    return try arena.add(PickledStorage(type: type, key: key, count: count, view: view))
  }

  private static let unknownStorage = WeightsFileError.Problem.damaged(
    reason: "a storage is not described as PyTorch does")
}
