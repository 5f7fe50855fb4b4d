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

  let entries: [String: Entry]

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

    init(name: String, _ tensor: StoredTensor, limits: ReadingLimits) {
      self.init(name: name, shape: tensor.layout.shape, type: tensor.type) {
        () throws(WeightsFileError.Problem) in try tensor.read(limits)
      }
    }
  }

  /// A dictionary of entries of different names.
  package init(file: String, _ entries: [Entry]) {
    self.file = file
    names = entries.map(\.name)
    self.entries = Dictionary(entries.map { ($0.name, $0) }) { first, _ in first }
  }

  /// Reads the names and shapes of a safetensors or PyTorch file (`.safetensors`, `.pt`, `.pth`, `.th`).
  ///
  /// The bytes tell the format, not the name. Of a PyTorch checkpoint the state dictionary is taken, also
  /// where it is nested under `state_dict` or `model`, and the prefix `module.` of all its names is dropped.
  /// Pickles are never executed: what tensors do not need is refused by its name.
  ///
  /// - Parameter limits: what listing the tensors may take, and what each of them may when it is read.
  /// - Throws: `WeightsFileError` naming the file and what is wrong with it.
  public init(contentsOf url: URL, limits: ReadingLimits = ReadingLimits())
    throws(WeightsFileError)
  {
    let bytes: FileBytes
    do throws(FileFailure) { bytes = try FileBytes(url) } catch {
      throw WeightsFileError(file: url.relativePath, problem: .unreadable(reason: error.reason))
    }
    try self.init(bytes, limits: limits)
  }

  /// The tensors of a file's bytes.
  package init(_ bytes: FileBytes, limits: ReadingLimits = ReadingLimits())
    throws(WeightsFileError)
  {
    var reading: String?
    do throws(WeightsFileError.Problem) {
      let entries = try Self.entries(of: bytes, limits: limits, reading: &reading)
      self.init(file: bytes.name, entries)
    } catch {
      throw WeightsFileError(file: bytes.name, tensor: reading, problem: error)
    }
  }

  private static func entries(
    of bytes: FileBytes, limits: ReadingLimits, reading: inout String?
  ) throws(WeightsFileError.Problem) -> [Entry] {
    let start: [UInt8]
    let isArchive: Bool
    do throws(FileFailure) {
      start = try bytes.bytes(0..<min(bytes.count, 9))
      isArchive = try ZipArchive.isArchive(bytes)
    } catch {
      throw .unreadable(reason: error.reason)
    }
    if isArchive {
      return try PyTorchArchive.entries(of: bytes, limits: limits, reading: &reading)
    }
    if start.starts(with: [0x80, 2]) {
      return try LegacyPyTorchFile.entries(of: bytes, limits: limits, reading: &reading)
    }
    if start.count == 9, start[8] == UInt8(ascii: "{") {
      return try SafetensorsFile.entries(of: bytes, limits: limits, reading: &reading)
    }
    if start.starts(with: [0x89, 0x48, 0x44, 0x46]) {
      throw .unsupported("an HDF5 file, which KerasFile of KerasNetworkFormat reads,")
    }
    throw .unknownFormat
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
