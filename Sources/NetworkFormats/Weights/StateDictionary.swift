package import CFVFiles
public import ConvolutionalNetworks
public import Foundation

/// Named tensors without a network: what PyTorch calls a state dictionary, and Keras weights.
///
/// Tensors are read when they are asked for, so that a dictionary takes hardly any memory itself.
///
///     let weights = try StateDictionary(contentsOf: URL(filePath: "resnet18-f37072fd.pth"))
///     let kernel = try weights.tensor(named: "conv1.weight")  // [64, 3, 7, 7]
public struct StateDictionary: Sendable {
  /// The file's path, for messages.
  public let file: String
  /// The tensors' names in the file's order.
  public let names: [String]
  /// Free text that the file has beside the tensors, such as a licence, by key.
  public let metadata: [String: String]
  /// What was decided on the way: which of several sets of tensors was taken, what their names were stripped of, what is
  /// not read.
  public let notes: [String]

  let entries: [String: Entry]
  /// All that the file holds.
  private let groups: [TensorGroup]

  /// A tensor before it is read.
  package struct Entry: Sendable {
    package let name: String
    package let shape: [Int]
    package let type: ElementType
    package let read: @Sendable () throws(WeightsFileError.Problem) -> Tensor

    package init(
      name: String, shape: [Int], type: ElementType,
      read: @escaping @Sendable () throws(WeightsFileError.Problem) -> Tensor
    ) {
      self.name = name
      self.shape = shape
      self.type = type
      self.read = read
    }

    /// The same tensor under another name.
    func renamed(_ name: String) -> Entry {
      Entry(name: name, shape: shape, type: type, read: read)
    }

    init(name: String, _ tensor: StoredTensor, limits: ReadingLimits) {
      self.init(name: name, shape: tensor.layout.shape, type: tensor.type) {
        () throws(WeightsFileError.Problem) in try tensor.read(limits)
      }
    }
  }

  /// A dictionary of entries of different names.
  package init(
    file: String, _ entries: [Entry], metadata: [String: String] = [:], notes: [String] = []
  ) {
    self.init(
      file: file, entries, of: [TensorGroup(path: "", entries: entries)], metadata: metadata,
      notes: notes)
  }

  private init(
    file: String, _ entries: [Entry], of groups: [TensorGroup], metadata: [String: String],
    notes: [String]
  ) {
    self.file = file
    names = entries.map(\.name)
    self.entries = Dictionary(entries.map { ($0.name, $0) }) { first, _ in first }
    self.groups = groups
    self.metadata = metadata
    self.notes = notes
  }

  /// The tensors that a file is about, of all that it holds.
  init(file: String, _ content: WeightsContent, note: String? = nil) {
    let choice = TensorChoice(content.groups)
    self.init(
      file: file, choice.entries, of: content.groups, metadata: content.metadata,
      notes: [note].compactMap(\.self) + choice.notes + content.notes)
  }

  /// Reads the names and shapes of a file of weights, whatever it is called: safetensors, or a checkpoint of PyTorch.
  ///
  /// The bytes tell the format, not the name. Weights in several files are found by their index, their folder or any one
  /// of them. Of a checkpoint's dictionaries the one is taken that has the most tensors; of several that have more than
  /// half as many, averages of training (`ema`, `swa`, `teacher`) go first, then the first in the file. Where all its
  /// names begin with a wrapper's (`module.`, `_orig_mod.`), that is left out. `notes` tell what was decided.
  ///
  /// Pickles are never executed: what tensors do not need stays unread, and what is there to be run is refused by name.
  ///
  /// - Parameter limits: what listing the tensors may take, and what each of them may when it is read.
  /// - Throws: `WeightsFileError` naming the file and what is wrong with it.
  public init(contentsOf url: URL, limits: ReadingLimits = ReadingLimits())
    throws(WeightsFileError)
  {
    let location = WeightsLocation(url)
    let bytes: FileBytes
    let isIndex: Bool
    do throws(FileFailure) {
      bytes = try FileBytes(location.url)
      isIndex = try ShardIndex.isIndex(bytes)
    } catch {
      throw WeightsFileError(
        file: location.url.relativePath, problem: .unreadable(reason: error.reason))
    }
    guard isIndex else {
      self = try StateDictionary(bytes, limits: limits, note: location.note)
      return
    }
    do throws(WeightsFileError.Problem) {
      self.init(
        file: bytes.name,
        try ShardedWeights.content(
          of: bytes, in: location.url.deletingLastPathComponent(), limits: limits),
        note: location.note)
    } catch {
      throw WeightsFileError(file: bytes.name, problem: error)
    }
  }

  /// The tensors of a file's bytes.
  package init(_ bytes: FileBytes, limits: ReadingLimits = ReadingLimits(), note: String? = nil)
    throws(WeightsFileError)
  {
    var reading: String?
    do throws(WeightsFileError.Problem) {
      let content = try Self.content(of: bytes, limits: limits, reading: &reading)
      self.init(file: bytes.name, content, note: note)
    } catch {
      throw WeightsFileError(file: bytes.name, tensor: reading, problem: error)
    }
  }

  private static func content(
    of bytes: FileBytes, limits: ReadingLimits, reading: inout String?
  ) throws(WeightsFileError.Problem) -> WeightsContent {
    let start: [UInt8]
    let isArchive: Bool
    do throws(FileFailure) {
      start = try bytes.bytes(0..<min(bytes.count, 9))
      isArchive = try ZipArchive.isArchive(bytes)
    } catch {
      throw .unreadable(reason: error.reason)
    }
    if isArchive {
      return try PyTorchArchive.content(of: bytes, limits: limits, reading: &reading)
    }
    if start.count > 1, start[0] == 0x80, (2...5).contains(start[1]) {
      return try LegacyPyTorchFile.content(of: bytes, limits: limits, reading: &reading)
    }
    if start.count == 9, start[8] == UInt8(ascii: "{") {
      return try SafetensorsFile.content(of: bytes, limits: limits, reading: &reading)
    }
    if start.starts(with: [0x89, 0x48, 0x44, 0x46]) {
      throw .unsupported("an HDF5 file, which KerasFile of KerasNetworkFormat reads,")
    }
    throw .unknownFormat
  }

  /// All tensors of the file, by names that begin with the keys that lead to them: `state_dict.module.conv1.weight`.
  package var unabridged: StateDictionary {
    if groups.count == 1, groups[0].path.isEmpty, notes.isEmpty { return self }
    var seen: Set<String> = []
    var entries: [Entry] = []
    for group in groups {
      for entry in group.entries {
        let name = group.path + entry.name
        if seen.insert(name).inserted { entries.append(entry.renamed(name)) }
      }
    }
    return StateDictionary(file: file, entries, metadata: metadata)
  }

  /// Whether there is a tensor of this name.
  public func contains(_ name: String) -> Bool { entries[name] != nil }

  /// The shape of a tensor in the file's own axis order; `nil` where there is none of this name.
  public func shape(of name: String) -> [Int]? { entries[name]?.shape }

  /// The type of a tensor's numbers in the file; `nil` where there is none of this name.
  public func elementType(of name: String) -> ElementType? { entries[name]?.type }

  /// Reads a tensor in the file's own axis order, each number rounded to the nearest `Float`.
  ///
  /// - Throws: `WeightsFileError` naming file and tensor.
  /// - Complexity: reads the file anew at every call.
  public func tensor(named name: String) throws(WeightsFileError) -> Tensor {
    guard let entry = entries[name] else {
      throw WeightsFileError(file: file, tensor: name, problem: .missing)
    }
    do throws(WeightsFileError.Problem) { return try entry.read() } catch {
      throw WeightsFileError(file: file, tensor: name, problem: error)
    }
  }
}
