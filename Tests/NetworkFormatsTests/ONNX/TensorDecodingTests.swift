import ConvolutionalNetworks
import Foundation
import Testing

@testable import NetworkFormats

@Suite("ONNX: tensors")
struct TensorDecodingTests {
  private func decode(_ tensor: ONNXTensorProto) throws(ONNXError.Problem) -> Tensor? {
    var decoder = TensorDecoder()
    var budget = ReadingBudget(ReadingLimits(), fileSize: 0)
    return try decoder.decode(tensor, &budget).tensor
  }

  private func tensor(
    _ type: ONNXTensorProto.DataType, count: Int64, _ fill: (inout ONNXTensorProto) -> Void
  ) -> ONNXTensorProto {
    var tensor = ONNXTensorProto()
    tensor.name = "t"
    tensor.dims = [count]
    tensor.dataType = Int32(type.rawValue)
    fill(&tensor)
    return tensor
  }

  /// Protects every type of number, from bytes and from typed fields.
  @Test func elementTypes() throws {
    let tensors = [
      tensor(.float, count: 2) { $0.rawData = Data([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]) },
      tensor(.float, count: 2) { $0.floatData = [1, -2] },
      tensor(.double, count: 2) { $0.doubleData = [1, -2] },
      tensor(.double, count: 2) { tensor in
        tensor.rawData = Data([1.0, -2.0].flatMap { withUnsafeBytes(of: $0, Array.init) })
      },
      tensor(.float16, count: 2) { $0.rawData = Data([0, 0x3C, 0, 0xC0]) },
      tensor(.float16, count: 2) { $0.int32Data = [0x3C00, 0xC000] },
      tensor(.bfloat16, count: 2) { $0.rawData = Data([0x80, 0x3F, 0, 0xC0]) },
      tensor(.int64, count: 2) { $0.int64Data = [1, -2] },
      tensor(.int32, count: 2) { $0.rawData = Data([1, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF]) },
      tensor(.int16, count: 2) { $0.rawData = Data([1, 0, 0xFE, 0xFF]) },
      tensor(.int8, count: 2) { $0.rawData = Data([1, 0xFE]) },
    ]
    for tensor in tensors {
      #expect(try decode(tensor) == Tensor(shape: [2], elements: [1, -2]))
    }
    let unsigned = [
      tensor(.uint8, count: 2) { $0.rawData = Data([1, 254]) },
      tensor(.uint16, count: 2) { $0.rawData = Data([1, 0, 254, 0]) },
      tensor(.uint32, count: 2) { $0.uint64Data = [1, 254] },
      tensor(.uint64, count: 2) { $0.uint64Data = [1, 254] },
    ]
    for tensor in unsigned {
      #expect(try decode(tensor) == Tensor(shape: [2], elements: [1, 254]))
    }
  }

  /// Protects half precision, with its subnormal numbers, infinities and NaN.
  @Test func halfPrecision() {
    #expect(Float(halfPrecision: 0x3555) == 0.333_251_95)
    #expect(Float(halfPrecision: 0x0001) == 0x1p-24)
    #expect(Float(halfPrecision: 0x83FF) == -0x3FFp-24)
    #expect(Float(halfPrecision: 0x7BFF) == 65504)
    #expect(Float(halfPrecision: 0x7C00) == .infinity)
    #expect(Float(halfPrecision: 0x7E00).isNaN)
    #expect(Float(halfPrecision: 0x8000).sign == .minus)
  }

  /// Protects against shapes that promise other data than there are, or cannot be.
  @Test func wrongCounts() throws {
    let short = tensor(.float, count: 2) { $0.rawData = Data([0, 0, 0]) }
    #expect(throws: ONNXError.Problem.dataCount(tensor: "t", expected: 8, actual: 3)) {
      try decode(short)
    }
    let long = tensor(.int64, count: 2) { $0.int64Data = [1, 2, 3] }
    #expect(throws: ONNXError.Problem.dataCount(tensor: "t", expected: 2, actual: 3)) {
      try decode(long)
    }
    for dims: [Int64] in [[-1], [.max, 2], [0, .max, .max], [1 << 40, 1 << 40]] {
      var tensor = tensor(.float, count: 0) { _ in }
      tensor.dims = dims
      #expect(
        throws: ONNXError.Problem.invalidShape(tensor: "t", extents: dims.map { Int($0) })
      ) { try decode(tensor) }
    }
  }

  /// Protects against numbers of types that nothing here computes with.
  @Test func unsupportedTypes() {
    for type: ONNXTensorProto.DataType in [.string, .complex64, .undefined] {
      #expect(throws: ONNXError.Problem.elementType(tensor: "t", type: "\(type)")) {
        try decode(tensor(type, count: 0) { _ in })
      }
    }
  }
}
