import ConvolutionalNetworks

/// The inputs of the network.
extension ModelImport {
  /// Defines the inputs that the file and the caller leave open.
  mutating func defineInputs(except constants: [String: Tensor]) throws(ONNXError.Problem) {
    let search = ChannelSearch(model.graph)
    for input in model.graph.input where (try? graph.value(input.name)) == nil {
      let type = input.type.tensorType
      guard case .tensorType = input.type.value, type.isFloat || type.isInteger else {
        throw .elementType(tensor: input.name, type: "\(type.elemType)")
      }
      let shape = try declaredShape(of: input)
      if let batch = shape.first, batch == nil { graph.hasFreeBatch = true }
      let used = shape.count >= 3 ? search.channelAxis(of: input.name, rank: shape.count) : nil
      let axis = used ?? Self.channelAxis(of: shape)
      inputs.append(NetworkInput(input.name, shape: shape, channelAxis: axis))
      try graph.define(input.name, .feature(input.name, isInteger: type.isInteger))
      if type.hasShape {
        graph.assume(Self.assumedShape(shape, channelAxis: axis), of: input.name)
      }
    }
  }

  private func declaredShape(of input: ONNXValueInfoProto) throws(ONNXError.Problem) -> [Int?] {
    let dimensions = input.type.tensorType.shape.dim
    guard dimensions.count <= KnownShapes.mostAxes else {
      throw .invalidShape(
        tensor: input.name,
        extents: dimensions.prefix(KnownShapes.mostAxes).map { Int($0.dimValue) })
    }
    let extents = dimensions.map { Int($0.dimValue) }
    // Free extents are written as names, as nothing, as 0 or as −1.
    guard extents.allSatisfy({ (-1...1 << 32).contains($0) }) else {
      throw .invalidShape(tensor: input.name, extents: extents)
    }
    return extents.map { $0 > 0 ? $0 : nil }
  }

  /// The channel axis of a picture where no layer tells: the last one if that has an extent which channels have.
  private static func channelAxis(of shape: [Int?]) -> Int? {
    guard shape.count >= 3 else { return nil }
    let counts = [1, 3, 4]
    guard let second = shape[1], let last = shape[shape.count - 1] else { return 1 }
    return !counts.contains(second) && counts.contains(last) ? shape.count - 1 : 1
  }

  /// Stand-ins for free extents, only to tell ranks and batch axes.
  private static func assumedShape(_ shape: [Int?], channelAxis: Int?) -> [Int] {
    shape.enumerated().map { axis, extent in
      extent ?? (axis == 0 ? 1 : axis == channelAxis ? 3 : 224)
    }
  }
}

extension ONNXTypeProto.Tensor {
  private var type: ONNXTensorProto.DataType? {
    ONNXTensorProto.DataType(rawValue: Int(elemType))
  }

  var isFloat: Bool {
    switch type {
    case .float, .double, .float16, .bfloat16: true
    default: false
    }
  }

  var isInteger: Bool {
    switch type {
    case .int2, .int4, .int8, .int16, .int32, .int64, .uint2, .uint4, .uint8, .uint16, .uint32,
      .uint64, .bool:
      true
    default: false
    }
  }
}
