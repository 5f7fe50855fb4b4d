internal import CFVFiles
internal import ConvolutionalNetworks

extension PickledCheckpoint {
  /// The tensors with the bytes that `place` finds for their storages; `reading` is the one at fault where this throws.
  func content(
    of bytes: FileBytes, limits: ReadingLimits, reading: inout String?,
    place: (PickledStorage) -> Range<Int>?
  ) throws(WeightsFileError.Problem) -> WeightsContent {
    var groups: [TensorGroup] = []
    for dictionary in dictionaries {
      var entries: [StateDictionary.Entry] = []
      entries.reserveCapacity(dictionary.tensors.count)
      for (name, tensor) in dictionary.tensors {
        reading = name
        guard let contents = place(tensor.storage) else {
          throw .damaged(reason: "its storage '\(tensor.storage.key)' is not in the file")
        }
        entries.append(
          StateDictionary.Entry(
            name: name, try StoredTensor(tensor, in: contents, of: bytes), limits: limits))
      }
      groups.append(TensorGroup(path: dictionary.path, entries: entries))
    }
    reading = nil
    return WeightsContent(groups: groups, metadata: texts, notes: notes)
  }

  private var notes: [String] {
    guard !unread.isEmpty else { return [] }
    let each = unread.prefix(10).map { "'\($0.name)' (\($0.maker))" }.joined(separator: ", ")
    return ["not read are \(each)" + (unread.count > 10 ? " and \(unread.count - 10) more" : "")]
  }
}

extension StoredTensor {
  /// A pickled tensor whose storage is the stretch `contents` of a file.
  fileprivate init(_ tensor: PickledTensor, in contents: Range<Int>, of bytes: FileBytes)
    throws(WeightsFileError.Problem)
  {
    let storage = tensor.storage
    let available = contents.count / storage.type.byteCount
    guard storage.count <= available else {
      throw .layout(
        reason: "its storage '\(storage.key)' has \(available) elements, not \(storage.count)")
    }
    let start = contents.lowerBound + storage.view.lowerBound * storage.type.byteCount
    try self.init(
      storage.type, tensor.layout, first: tensor.first,
      storage: start..<(start + storage.view.count * storage.type.byteCount), of: bytes)
  }
}
