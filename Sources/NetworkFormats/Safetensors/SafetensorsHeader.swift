import ConvolutionalNetworks

/// The JSON object at the beginning of a safetensors file.
struct SafetensorsHeader {
  /// The tensors in the order of their bytes.
  let tensors: [Description]
  /// Free text about the file, by key.
  let metadata: [String: String]

  struct Description {
    let name: String
    let type: String
    let shape: [Int]
    let start: Int
    let end: Int
  }

  /// The key of the free text, which is no tensor.
  static let metadataKey = "__metadata__"
  /// What a tensor takes besides its name, with its entry in a state dictionary.
  private static let tensorCost = 512
  /// No tensor has more axes.
  private static let longestList = 64

  /// The header that `json` is.
  ///
  /// - Throws: `WeightsFileError.Problem`.
  init(json: [UInt8], limits: ReadingLimits, fileSize: Int) throws(WeightsFileError.Problem) {
    var reader = JSONReader(json, limits: limits, budget: ReadingBudget(limits, fileSize: fileSize))
    var tensors: [Description] = []
    var metadata: [String: String] = [:]
    var reading: String?
    do throws(JSONReader.Failure) {
      try reader.object { reader, name throws(JSONReader.Failure) in
        reading = name
        if name == Self.metadataKey {
          metadata = try Self.texts(&reader)
          reading = nil
          return
        }
        guard tensors.count < limits.nodes else {
          throw .exceedsLimits(
            reason: "it has more than \(limits.nodes) tensors (ReadingLimits.nodes)")
        }
        try reader.take(Self.tensorCost)
        tensors.append(try Self.tensor(name, &reader))
        reading = nil
      }
      _ = try reader.finish()
    } catch {
      if case .exceedsLimits(let reason) = error { throw .exceedsLimits(reason: reason) }
      let place = reading.map { "'\($0)': " } ?? ""
      throw .damaged(reason: "its header is no JSON object of tensors: \(place)\(error)")
    }
    self.metadata = metadata
    // Tensors without elements share a place: their names put them in order.
    self.tensors = tensors.sorted { ($0.start, $0.end, $0.name) < ($1.start, $1.end, $1.name) }
    var names: Set<String> = []
    for tensor in tensors where !names.insert(tensor.name).inserted {
      throw .damaged(reason: "it has two tensors '\(tensor.name)'")
    }
  }

  /// The texts of an object; values of other kinds, which the format does not allow, are left out.
  private static func texts(_ reader: inout JSONReader) throws(JSONReader.Failure)
    -> [String: String]
  {
    var texts: [String: String] = [:]
    guard try reader.kind() == .object else {
      try reader.skip()
      return texts
    }
    try reader.object { reader, key throws(JSONReader.Failure) in
      guard try reader.kind() == .string else { return try reader.skip() }
      try reader.take(tensorCost)
      texts[key] = try reader.string()
    }
    return texts
  }

  private static func tensor(_ name: String, _ reader: inout JSONReader)
    throws(JSONReader.Failure) -> Description
  {
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    try reader.object { reader, key throws(JSONReader.Failure) in
      switch key {
      case "dtype": type = try reader.string()
      case "shape": shape = try integers(&reader)
      case "data_offsets": offsets = try integers(&reader)
      default: try reader.skip()
      }
    }
    guard let type, let shape, let offsets else {
      throw .unexpected(reason: "dtype, shape or data_offsets is missing")
    }
    guard offsets.count == 2, offsets[0] >= 0, offsets[0] <= offsets[1] else {
      throw .unexpected(reason: "data_offsets are no range of bytes")
    }
    return Description(
      name: name, type: type, shape: shape, start: offsets[0], end: offsets[1])
  }

  private static func integers(_ reader: inout JSONReader) throws(JSONReader.Failure) -> [Int] {
    var numbers: [Int] = []
    try reader.array { reader throws(JSONReader.Failure) in
      guard numbers.count < longestList else {
        throw .unexpected(reason: "a list of more than \(longestList) numbers")
      }
      numbers.append(try reader.integer())
    }
    return numbers
  }
}
