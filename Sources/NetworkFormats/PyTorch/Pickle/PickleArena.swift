import ConvolutionalNetworks

/// What the containers of a pickle hold, each once, by place. What it takes is counted before it is allocated.
struct PickleArena {
  private(set) var tuples: [[PickleValue]] = []
  private(set) var lists: [[PickleValue]] = []
  private(set) var dictionaries: [[(key: PickleValue, value: PickleValue)]] = []
  private(set) var storages: [PickledStorage] = []
  private(set) var tensors: [PickledTensor] = []
  private(set) var objects: [PickledObject] = []
  /// The types of the storages that were referred to, by their keys.
  private(set) var storageTypes: [String: ElementType] = [:]
  /// The classes of storages of numbers that are not read, by their keys.
  private(set) var unreadStorages: [String: String] = [:]

  let limits: ReadingLimits
  private var budget: ReadingBudget

  init(limits: ReadingLimits, fileSize: Int) {
    self.limits = limits
    budget = ReadingBudget(limits, fileSize: fileSize)
  }

  /// What a value takes at most in an array that grows.
  static let valueCost = 2 * MemoryLayout<PickleValue>.stride
  /// What an item of a dictionary takes at most.
  static let itemCost = 2 * valueCost
  /// What an array takes besides its elements.
  private static let containerCost = 64
  /// What a tensor or storage takes, and the entry of the tensor in a state dictionary.
  private static let tensorCost = 256
  /// What an object takes at most in an array that grows.
  private static let objectCost = 2 * MemoryLayout<PickledObject>.stride

  /// Counts memory before it is allocated.
  mutating func take(_ count: Int, of cost: Int) throws(WeightsFileError.Problem) {
    do throws(ReadingBudget.Exceeded) { try budget.take(count, of: cost) } catch {
      throw .exceedsLimits(reason: "\(error)")
    }
  }

  mutating func add(tuple elements: [PickleValue]) throws(WeightsFileError.Problem) -> PickleValue {
    try take(1, of: Self.containerCost + elements.count * Self.valueCost)
    tuples.append(elements)
    return .tuple(tuples.count - 1)
  }

  mutating func addList() throws(WeightsFileError.Problem) -> PickleValue {
    try take(1, of: Self.containerCost)
    lists.append([])
    return .list(lists.count - 1)
  }

  mutating func add(dictionary items: [(key: PickleValue, value: PickleValue)])
    throws(WeightsFileError.Problem) -> PickleValue.ArenaIndex
  {
    try take(1, of: Self.containerCost)
    dictionaries.append(items)
    return dictionaries.count - 1
  }

  mutating func add(_ storage: PickledStorage) throws(WeightsFileError.Problem) -> PickleValue {
    try take(1, of: Self.tensorCost)
    storageTypes[storage.key] = storage.type
    storages.append(storage)
    return .storage(storages.count - 1)
  }

  /// A storage of numbers that are not read.
  mutating func addUnread(_ storage: String, maker: String) throws(WeightsFileError.Problem)
    -> PickleValue
  {
    try take(1, of: Self.tensorCost)
    unreadStorages[storage] = maker
    return try addObject(maker)
  }

  /// Counts a further tensor.
  mutating func takeTensor() throws(WeightsFileError.Problem) {
    try take(1, of: Self.tensorCost)
    guard tensors.count < limits.nodes else {
      throw .exceedsLimits(
        reason: "it describes more than \(limits.nodes) tensors (ReadingLimits.nodes)")
    }
  }

  mutating func add(_ tensor: PickledTensor) -> PickleValue {
    tensors.append(tensor)
    return .tensor(tensors.count - 1)
  }

  /// An object that `maker` would make.
  mutating func addObject(_ maker: String) throws(WeightsFileError.Problem) -> PickleValue {
    try take(1, of: Self.objectCost)
    objects.append(PickledObject(maker: maker))
    return .object(objects.count - 1)
  }

  mutating func append(_ values: [PickleValue], toList index: PickleValue.ArenaIndex)
    throws(WeightsFileError.Problem)
  {
    try take(values.count, of: Self.valueCost)
    lists[index] += values
  }

  /// Adds keys, each with the value behind it.
  mutating func append(_ values: [PickleValue], toDictionary index: PickleValue.ArenaIndex)
    throws(WeightsFileError.Problem)
  {
    try take(values.count, of: Self.valueCost)
    guard values.count.isMultiple(of: 2) else { throw Unpickler.unbalanced }
    for pair in stride(from: 0, to: values.count, by: 2) {
      dictionaries[index].append((values[pair], values[pair + 1]))
    }
  }

  /// The dictionary of an object's items, which it has from now on.
  mutating func items(ofObject index: PickleValue.ArenaIndex) throws(WeightsFileError.Problem)
    -> PickleValue.ArenaIndex
  {
    if let items = objects[index].items { return items }
    let items = try add(dictionary: [])
    objects[index].items = items
    return items
  }

  mutating func setState(_ state: PickleValue, ofObject index: PickleValue.ArenaIndex) {
    objects[index].state = state
  }
}
