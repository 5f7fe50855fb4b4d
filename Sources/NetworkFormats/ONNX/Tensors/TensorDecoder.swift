internal import CFVFiles
import ConvolutionalNetworks
import Foundation

/// Reads the numbers of tensors in an ONNX file and in the files of data beside it.
struct TensorDecoder {
  /// The data files beside the network file; `nil` where there can be none.
  var externalData: ExternalData?

  /// The value of a tensor: floats of any precision become `Float`, integers feed shape arithmetic.
  ///
  /// - Parameter budget: what is counted before it is allocated.
  mutating func decode(_ tensor: ONNXTensorProto, _ budget: inout ReadingBudget)
    throws(ONNXError.Problem) -> ImportedValue
  {
    let shape = try Self.shape(of: tensor)
    guard let type = ONNXTensorProto.DataType(rawValue: Int(tensor.dataType)) else {
      throw .elementType(tensor: tensor.name, type: "\(tensor.dataType)")
    }
    if let elements = try floats(tensor, count: shape.reduce(1, *), &budget) {
      return .constant(elements.reshaped(to: shape))
    }
    guard let integers = try integers(tensor, type, count: shape.reduce(1, *), &budget) else {
      throw .elementType(tensor: tensor.name, type: "\(type)")
    }
    try budget.counting(integers.count, of: MemoryLayout<Double>.stride)
    return .numbers(
      ShapeNumbers(NumberArray(shape: shape, numbers: integers.doubles), isInteger: true))
  }

  /// The value of a tensor whose bytes lie in a file; floats are read straight into place.
  mutating func decode(
    _ tensor: ONNXTensorProto, storedAt place: Range<Int>, of file: FileBytes,
    _ budget: inout ReadingBudget
  ) throws(ONNXError.Problem) -> ImportedValue {
    // As in the parser, what lies in another file comes first.
    if tensor.dataLocation == .external { return try decode(tensor, &budget) }
    let shape = try Self.shape(of: tensor)
    guard let type = Self.floatingPointType(tensor) else {
      return try decode(Self.whole(tensor, storedAt: place, of: file, &budget), &budget)
    }
    let count = shape.reduce(1, *)
    try check(tensor, expected: count * type.byteCount, actual: place.count)
    try budget.counting(count, of: MemoryLayout<Float>.stride)
    do throws(WeightsFileError.Problem) {
      let layout = try StridedLayout(shape: shape)
      return .constant(
        try StoredTensor(type, layout, first: 0, storage: place, of: file).read())
    } catch {
      throw .unreadable(reason: "\(error)")
    }
  }

  /// The tensor with the bytes that lie in a file.
  static func whole(
    _ tensor: ONNXTensorProto, storedAt place: Range<Int>, of file: FileBytes,
    _ budget: inout ReadingBudget
  ) throws(ONNXError.Problem) -> ONNXTensorProto {
    var whole = tensor
    try budget.counting(place.count, of: 1)
    do throws(FileFailure) { whole.rawData = Data(try file.bytes(place)) } catch {
      throw .unreadable(reason: error.reason)
    }
    return whole
  }

  private static func floatingPointType(_ tensor: ONNXTensorProto) -> ElementType? {
    switch ONNXTensorProto.DataType(rawValue: Int(tensor.dataType)) {
    case .float: .float32
    case .double: .float64
    case .float16: .float16
    case .bfloat16: .bfloat16
    default: nil
    }
  }

  /// The extents of a tensor whose number of elements can be computed with.
  static func shape(of tensor: ONNXTensorProto) throws(ONNXError.Problem) -> [Int] {
    guard tensor.dims.count <= KnownShapes.mostAxes else {
      throw .invalidShape(
        tensor: tensor.name, extents: tensor.dims.prefix(KnownShapes.mostAxes).map { Int($0) })
    }
    var bound = 1
    for extent in tensor.dims {
      let (product, overflow) = bound.multipliedReportingOverflow(by: max(Int(extent), 1))
      guard extent >= 0, !overflow, product <= 1 << 48 else {
        throw .invalidShape(tensor: tensor.name, extents: tensor.dims.map { Int($0) })
      }
      bound = product
    }
    return tensor.dims.map { Int($0) }
  }

  /// The elements of a tensor of floats as a vector; `nil` for one of another type.
  private mutating func floats(
    _ tensor: ONNXTensorProto, count: Int, _ budget: inout ReadingBudget
  ) throws(ONNXError.Problem) -> Tensor? {
    guard let type = Self.floatingPointType(tensor) else { return nil }
    // The bytes first: those of another file raise the limit.
    guard
      let data = try rawData(tensor, byteCount: count * type.byteCount, &budget)
    else {
      let numbers = Self.typedFloats(tensor, type)
      try check(tensor, expected: count, actual: numbers.count)
      var elements = try budget.tensor([count], named: tensor.name)
      elements.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: numbers) }
      return elements
    }
    var elements = try budget.tensor([count], named: tensor.name)
    elements.withUnsafeMutableBufferPointer { target in
      data.withUnsafeBytes { type.decode($0, into: target) }
    }
    return elements
  }

  /// The numbers outside `raw_data`; those of 16 bits stand in one 32-bit integer each.
  private static func typedFloats(_ tensor: ONNXTensorProto, _ type: ElementType) -> [Float] {
    func halves(_ float: (UInt16) -> Float) -> [Float] {
      tensor.int32Data.map { float(UInt16(truncatingIfNeeded: $0)) }
    }
    return switch type {
    case .float16: halves { Float(halfPrecision: $0) }
    case .bfloat16: halves { Float(brainFloat: $0) }
    case .float64: tensor.doubleData.map { Float($0) }
    default: tensor.floatData
    }
  }

  /// The bytes of a tensor, of the right number; `nil` if it holds its numbers in typed fields.
  mutating func rawData(
    _ tensor: ONNXTensorProto, byteCount: Int, _ budget: inout ReadingBudget
  ) throws(ONNXError.Problem) -> Data? {
    let data: Data
    if tensor.dataLocation == .external {
      guard let external = try externalData?.data(of: tensor, byteCount: byteCount, &budget) else {
        throw .externalData(tensor: tensor.name, reason: "there is no folder to look in")
      }
      data = external
    } else if tensor.hasRawData {
      data = tensor.rawData
    } else {
      return nil
    }
    try check(tensor, expected: byteCount, actual: data.count)
    return data
  }

  func check(_ tensor: ONNXTensorProto, expected: Int, actual: Int)
    throws(ONNXError.Problem)
  {
    guard expected == actual else {
      throw .dataCount(tensor: tensor.name, expected: expected, actual: actual)
    }
  }
}

extension ReadingBudget {
  /// Counts `count` values of `stride` bytes each before they are allocated.
  mutating func counting(_ count: Int, of stride: Int) throws(ONNXError.Problem) {
    do throws(Exceeded) { try take(count, of: stride) } catch {
      throw .tooMuchMemory(needed: error.needed, limit: error.limit)
    }
  }

  /// A tensor whose elements are to be written, all of them, counted before it is allocated.
  mutating func tensor(_ shape: [Int], named name: String) throws(ONNXError.Problem) -> Tensor {
    let count = shape.reduce(1, *)
    try counting(count, of: MemoryLayout<Float>.stride)
    guard let tensor = Tensor(allocating: shape) else {
      throw .unreadable(reason: "there is no memory for the \(count) numbers of '\(name)'")
    }
    return tensor
  }
}
