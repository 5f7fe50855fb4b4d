internal import ConvolutionalNetworks
internal import Foundation

/// The value of a node's attribute.
enum ONNXAttribute {
  case int(Int)
  case ints([Int])
  case float(Float)
  case floats([Float])
  case string(String)
  case strings([String])

  func proto(named name: String) -> ONNXAttributeProto {
    ONNXAttributeProto.with {
      $0.name = name
      switch self {
      case .int(let value):
        $0.i = Int64(value)
        $0.type = .int
      case .ints(let values):
        $0.ints = values.map { Int64($0) }
        $0.type = .ints
      case .float(let value):
        $0.f = value
        $0.type = .float
      case .floats(let values):
        $0.floats = values
        $0.type = .floats
      case .string(let value):
        $0.s = Data(value.utf8)
        $0.type = .string
      case .strings(let values):
        $0.strings = values.map { Data($0.utf8) }
        $0.type = .strings
      }
    }
  }
}

extension ONNXTensorProto {
  /// A tensor of little-endian `Float`.
  init(_ name: String, _ tensor: Tensor) {
    self.init()
    self.name = name
    dims = tensor.shape.map { Int64($0) }
    dataType = Int32(DataType.float.rawValue)
    rawData = tensor.withUnsafeBufferPointer { elements in
      #if _endian(little)
        Data(buffer: elements)
      #else
        elements.reduce(into: Data()) { data, element in
          withUnsafeBytes(of: element.bitPattern.littleEndian) { data.append(contentsOf: $0) }
        }
      #endif
    }
  }

  /// A tensor of integers.
  init(_ name: String, integers: [Int], shape: [Int]) {
    self.init()
    self.name = name
    dims = shape.map { Int64($0) }
    dataType = Int32(DataType.int64.rawValue)
    int64Data = integers.map { Int64($0) }
  }
}

extension ONNXValueInfoProto {
  /// A tensor of `Float`; extents that are open are named, the first one N.
  init(_ name: String, _ extents: [Int?]) {
    self.init()
    self.name = name
    type.tensorType.elemType = Int32(ONNXTensorProto.DataType.float.rawValue)
    type.tensorType.shape.dim = extents.enumerated().map { axis, extent in
      ONNXTensorShapeProto.Dimension.with {
        if let extent, axis > 0 {
          $0.dimValue = Int64(extent)
        } else {
          $0.dimParam = axis == 0 ? "N" : "\(name)_\(axis)"
        }
      }
    }
  }
}
