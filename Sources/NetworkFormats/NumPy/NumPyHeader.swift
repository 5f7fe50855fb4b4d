internal import ConvolutionalNetworks
internal import Foundation

/// What stands before the elements of an `.npy` file.
///
///     93 'NUMPY'  major minor  header length (2 bytes, from version 2 on 4)
///     {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }  spaces  newline
struct NumPyHeader {
  /// Why a file cannot be read as an array of floating-point numbers.
  enum Problem: Error, Equatable {
    case otherFile
    case damaged(String)
    case exceedsLimits(String)
    case unsupported(String)
  }

  /// The most axes an array of NumPy's has.
  private static let maximumRank = 64
  /// A hundred times what NumPy itself reads.
  private static let longestHeader = 1 << 20
  private static let signature: [UInt8] = [0x93] + "NUMPY".utf8

  let element: NumPyElement
  let isFortranOrder: Bool
  let shape: [Int]
  /// The bytes before the first element.
  let byteCount: Int
  /// The bytes of all elements.
  let elementByteCount: Int

  /// Reads the header that `data` begins with.
  init(beginning data: Data) throws(Problem) {
    let bytes = [UInt8](data.prefix(12))
    guard bytes.starts(with: Self.signature) else { throw .otherFile }
    guard bytes.count == 12 else { throw .damaged("the header is cut") }
    guard (1...3).contains(bytes[6]) else {
      throw .unsupported("version \(bytes[6]).\(bytes[7]) of the format, not 1 to 3")
    }
    let lengthSize = bytes[6] == 1 ? 2 : 4
    let length = bytes[8..<8 + lengthSize].reversed().reduce(0) { $0 << 8 | Int($1) }
    byteCount = 8 + lengthSize + length
    guard byteCount <= data.count else {
      throw .damaged("a header of \(length) bytes goes beyond the end of the file")
    }
    guard length <= Self.longestHeader else {
      throw .damaged("a header of \(length) bytes describes no array of numbers")
    }
    let text = data.dropFirst(8 + lengthSize).prefix(length)
    guard case .dictionary(let fields)? = PythonLiteral(parsing: Array(text)),
      Set(fields.keys) == ["descr", "fortran_order", "shape"],
      case .boolean(let isFortranOrder)? = fields["fortran_order"],
      case .tuple(let extents)? = fields["shape"]
    else { throw .damaged("the header is no dictionary of descr, fortran_order and shape") }
    guard case .string(let kind)? = fields["descr"], let element = NumPyElement(rawValue: kind)
    else {
      let known = NumPyElement.allCases.map(\.rawValue).joined(separator: ", ")
      throw .unsupported("its elements are not of one of the kinds \(known)")
    }
    self.element = element
    self.isFortranOrder = isFortranOrder
    shape = extents
    // Zeros are left out of the product first: strides are products of some of the extents.
    guard extents.count <= Self.maximumRank,
      let bound = extents.filter({ $0 > 0 }).checkedProduct(times: element.byteCount)
    else { throw .damaged("no array has shape \(extents)") }
    elementByteCount = extents.contains(0) ? 0 : bound
  }

  /// The array whose elements, in the file's order, are `data`.
  func tensor(of data: Data, limits: ReadingLimits) throws(Problem) -> Tensor {
    guard data.count == elementByteCount else {
      throw .damaged("shape \(shape) takes \(elementByteCount) bytes, not \(data.count)")
    }
    let shape = isFortranOrder ? shape.reversed() : shape
    let count = elementByteCount / element.byteCount
    var budget = ReadingBudget(limits, fileSize: byteCount + elementByteCount)
    do throws(ReadingBudget.Exceeded) {
      // The bytes at hand, and the numbers: twice where their axes are turned round.
      try budget.take(elementByteCount)
      try budget.take(count, of: (isFortranOrder ? 2 : 1) * MemoryLayout<Float>.stride)
    } catch { throw .exceedsLimits("\(error)") }
    guard var tensor = Tensor(allocating: shape) else {
      throw .exceedsLimits("there is no memory for its \(count) numbers")
    }
    tensor.withUnsafeMutableBufferPointer { elements in
      data.withUnsafeBytes { bytes in
        for i in elements.indices { elements[i] = element.load(i, from: bytes) }
      }
    }
    return isFortranOrder ? tensor.transposed(shape.indices.reversed()) : tensor
  }

  /// The header of a file of `Float` elements in C order, padded as NumPy pads it: to a multiple of 64.
  static func data(shape: [Int]) -> Data {
    // Python writes a tuple of one with a comma.
    let tuple = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var text = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(tuple)), }"
    let unpadded = signature.count + 4 + text.utf8.count + 1
    text += String(repeating: " ", count: (64 - unpadded % 64) % 64) + "\n"
    let length = UInt16(text.utf8.count)
    return Data(
      signature + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(text.utf8))
  }
}

extension [Int] {
  /// The product of the elements and `factor`, unless it is too large for an `Int`.
  fileprivate func checkedProduct(times factor: Int) -> Int? {
    reduce(factor) { product, extent in
      guard let product else { return nil }
      let (next, overflows) = product.multipliedReportingOverflow(by: extent)
      return overflows ? nil : next
    }
  }
}
