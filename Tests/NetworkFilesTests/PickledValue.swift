import ConvolutionalNetworks
import Foundation

/// A value of Python's to be pickled, of those that training scripts save.
indirect enum PickledValue {
  case int(UInt8)
  case float(Double)
  case string(String)
  case dictionary(KeyValuePairs<String, PickledValue>)
  case list([PickledValue])
  case tensor(Tensor)
  /// A tensor whose numbers are cut to 16 bits.
  case halved(Tensor)
  case parameter(Tensor)
  /// What calling a function or class of Python's makes, with the attributes it is given.
  case object(String, String, [PickledValue], attributes: KeyValuePairs<String, PickledValue>)

  static func named(
    _ tensors: [(String, Tensor)], as kind: (Tensor) -> PickledValue = { .tensor($0) }
  )
    -> PickledValue
  {
    .list(tensors.map { .list([.string($0.0), kind($0.1)]) }).madeDictionary
  }

  /// An ordered dictionary of a list of pairs.
  private var madeDictionary: PickledValue {
    .object("collections", "OrderedDict", [self], attributes: [:])
  }
}

/// Writes what `torch.save` wrote before PyTorch 1.6.
struct CheckpointWriter {
  private var pickle: [UInt8] = [0x80, 2]
  private var storages: [[UInt8]] = []

  /// The bytes of a checkpoint.
  static func data(_ value: PickledValue) -> Data {
    var writer = CheckpointWriter()
    writer.add(value)
    let magic: [UInt8] = [
      0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
    ]
    var bytes = magic + [0x80, 2, UInt8(ascii: "M"), 0xE9, 3, 0x2E, 0x80, 2] + "}.".utf8
    bytes += writer.pickle + [UInt8(ascii: ".")]
    var keys = CheckpointWriter()
    keys.add(.list(writer.storages.indices.map { .string("\($0)") }))
    bytes += keys.pickle + [UInt8(ascii: ".")]
    var data = Data(bytes)
    for storage in writer.storages { data.append(contentsOf: storage) }
    return data
  }

  private mutating func add(_ value: PickledValue) {
    switch value {
    case .int(let number): pickle += [UInt8(ascii: "K"), number]
    case .float(let number):
      pickle.append(UInt8(ascii: "G"))
      pickle += withUnsafeBytes(of: number.bitPattern.bigEndian) { Array($0) }
    case .string(let text): addText(text)
    case .dictionary(let items):
      pickle += "}(".utf8
      for (key, value) in items {
        addText(key)
        add(value)
      }
      pickle += "u".utf8
    case .list(let values):
      pickle += "](".utf8
      for value in values { add(value) }
      pickle += "e".utf8
    case .tensor(let tensor):
      let numbers = tensor.elements.flatMap { element in
        withUnsafeBytes(of: element.bitPattern.littleEndian) { Array($0) }
      }
      addTensor(tensor.shape, "FloatStorage", numbers, elementSize: 4)
    case .halved(let tensor):
      let numbers = tensor.elements.flatMap { element in
        withUnsafeBytes(of: UInt16(element.bitPattern >> 16).littleEndian) { Array($0) }
      }
      addTensor(tensor.shape, "BFloat16Storage", numbers, elementSize: 2)
    case .parameter(let tensor):
      pickle += "ctorch._utils\n_rebuild_parameter\n(".utf8
      add(.tensor(tensor))
      pickle += [0x88]
      add(.object("collections", "OrderedDict", [], attributes: [:]))
      pickle += "tR".utf8
    case .object(let module, let name, let arguments, let attributes):
      pickle += "c\(module)\n\(name)\n(".utf8
      for argument in arguments { add(argument) }
      pickle += "tR".utf8
      guard !attributes.isEmpty else { return }
      add(.dictionary(attributes))
      pickle += "b".utf8
    }
  }

  private mutating func addText(_ text: String) {
    pickle += [UInt8(ascii: "X")] + number(text.utf8.count) + Array(text.utf8)
  }

  private mutating func addTensor(
    _ shape: [Int], _ type: String, _ numbers: [UInt8], elementSize: Int
  ) {
    let count = numbers.count / elementSize
    pickle += "ctorch._utils\n_rebuild_tensor_v2\n((".utf8
    addText("storage")
    pickle += "ctorch\n\(type)\n".utf8
    addText("\(storages.count)")
    addText("cpu")
    addInteger(count)
    pickle += "tQK\0(".utf8
    for extent in shape { addInteger(extent) }
    pickle += "t(".utf8
    for axis in shape.indices { addInteger(shape[(axis + 1)...].reduce(1, *)) }
    pickle += "t".utf8 + [0x89]
    add(.object("collections", "OrderedDict", [], attributes: [:]))
    pickle += "tR".utf8
    storages.append(withUnsafeBytes(of: UInt64(count).littleEndian) { Array($0) } + numbers)
  }

  private mutating func addInteger(_ integer: Int) {
    pickle += [UInt8(ascii: "J")] + number(integer)
  }

  private func number(_ number: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
