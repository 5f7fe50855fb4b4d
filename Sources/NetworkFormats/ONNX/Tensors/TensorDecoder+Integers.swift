internal import CFVFiles
import ConvolutionalNetworks
import Foundation

extension TensorDecoder {
  /// The integers of a tensor, or truth values; `nil` for one of another type.
  mutating func integers(
    _ tensor: ONNXTensorProto, _ type: ONNXTensorProto.DataType, count: Int,
    _ budget: inout ReadingBudget
  ) throws(ONNXError.Problem) -> StoredIntegers? {
    guard let format = StoredIntegers.Format(type) else { return nil }
    let byteCount = (count * format.bits + 7) / 8
    if let data = try rawData(tensor, byteCount: byteCount, &budget) {
      return StoredIntegers(count: count, storage: .packed(data, format))
    }
    let storage: StoredIntegers.Storage
    let stored: Int
    var expected = count
    switch (format.isSigned, format.bits) {
    case (_, ..<8):
      // Each 32-bit integer holds a byte of several.
      let bytes = Data(tensor.int32Data.map { UInt8(truncatingIfNeeded: $0) })
      (storage, stored, expected) = (.packed(bytes, format), bytes.count, byteCount)
    case (true, 64): (storage, stored) = (.signed(tensor.int64Data), tensor.int64Data.count)
    case (false, 32...): (storage, stored) = (.unsigned(tensor.uint64Data), tensor.uint64Data.count)
    default: (storage, stored) = (.short(tensor.int32Data), tensor.int32Data.count)
    }
    try check(tensor, expected: expected, actual: stored)
    return StoredIntegers(count: count, storage: storage)
  }

  /// The integers of a tensor as floats, which are exact up to 2²⁴: what quantized weights are made of.
  mutating func decodeIntegersAsFloats(
    _ tensor: ONNXTensorProto, storedAt place: Range<Int>? = nil, of file: FileBytes? = nil,
    _ budget: inout ReadingBudget
  ) throws(ONNXError.Problem) -> Tensor {
    var tensor = tensor
    if let place, let file, tensor.dataLocation != .external {
      tensor = try Self.whole(tensor, storedAt: place, of: file, &budget)
    }
    let shape = try Self.shape(of: tensor)
    let type = ONNXTensorProto.DataType(rawValue: Int(tensor.dataType)) ?? .undefined
    guard let integers = try integers(tensor, type, count: shape.reduce(1, *), &budget) else {
      throw .elementType(tensor: tensor.name, type: "\(type)")
    }
    var floats = try budget.tensor(shape, named: tensor.name)
    floats.withUnsafeMutableBufferPointer { integers.write(to: $0) }
    return floats
  }
}

/// Integers as a file holds them.
struct StoredIntegers {
  /// How integers lie in bytes.
  struct Format {
    let bits: Int
    let isSigned: Bool
  }

  enum Storage {
    /// In bytes, the first ones in the lowest bits.
    case packed(Data, Format)
    case short([Int32])
    case signed([Int64])
    case unsigned([UInt64])
  }

  let count: Int
  let storage: Storage

  /// The integers in double precision.
  var doubles: [Double] {
    Array(unsafeUninitializedCapacity: count) { buffer, initialized in
      write(to: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      initialized = count
    }
  }

  /// Writes them as floats of any precision.
  func write<Number: BinaryFloatingPoint>(to target: UnsafeMutableBufferPointer<Number>) {
    switch storage {
    case .short(let numbers): for i in 0..<count { target[i] = Number(numbers[i]) }
    case .signed(let numbers): for i in 0..<count { target[i] = Number(numbers[i]) }
    case .unsigned(let numbers): for i in 0..<count { target[i] = Number(numbers[i]) }
    case .packed(let data, let format): data.withUnsafeBytes { unpack($0, format, to: target) }
    }
  }

  private func unpack<Number: BinaryFloatingPoint>(
    _ bytes: UnsafeRawBufferPointer, _ format: Format,
    to target: UnsafeMutableBufferPointer<Number>
  ) {
    func unpack<Element: FixedWidthInteger>(_ type: Element.Type) {
      for i in 0..<count {
        let element = bytes.loadUnaligned(
          fromByteOffset: i * MemoryLayout<Element>.size, as: Element.self)
        target[i] = Number(Element(littleEndian: element))
      }
    }
    switch (format.bits, format.isSigned) {
    case (64, true): unpack(Int64.self)
    case (64, false): unpack(UInt64.self)
    case (32, true): unpack(Int32.self)
    case (32, false): unpack(UInt32.self)
    case (16, true): unpack(Int16.self)
    case (16, false): unpack(UInt16.self)
    case (8, true): unpack(Int8.self)
    case (8, false): unpack(UInt8.self)
    default:
      let perByte = 8 / format.bits
      for i in 0..<count {
        // The integer moves to the top of a byte, and back with its sign.
        let shifted = bytes[i / perByte] << (8 - format.bits * (i % perByte + 1))
        target[i] =
          format.isSigned
          ? Number(Int8(bitPattern: shifted) >> (8 - format.bits))
          : Number(shifted >> (8 - format.bits))
      }
    }
  }
}

extension StoredIntegers.Format {
  /// `nil` for a type that holds no integers.
  init?(_ type: ONNXTensorProto.DataType) {
    switch type {
    case .int64: self.init(bits: 64, isSigned: true)
    case .int32: self.init(bits: 32, isSigned: true)
    case .int16: self.init(bits: 16, isSigned: true)
    case .int8: self.init(bits: 8, isSigned: true)
    case .int4: self.init(bits: 4, isSigned: true)
    case .int2: self.init(bits: 2, isSigned: true)
    case .uint64: self.init(bits: 64, isSigned: false)
    case .uint32: self.init(bits: 32, isSigned: false)
    case .uint16: self.init(bits: 16, isSigned: false)
    case .uint8, .bool: self.init(bits: 8, isSigned: false)
    case .uint4: self.init(bits: 4, isSigned: false)
    case .uint2: self.init(bits: 2, isSigned: false)
    default: return nil
    }
  }
}
