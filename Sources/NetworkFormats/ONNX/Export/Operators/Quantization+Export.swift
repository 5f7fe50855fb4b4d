internal import ConvolutionalNetworks
internal import Foundation

extension Quantization: ONNXExported {
  /// A pair of operators, to integers and back, or to floats that are integers.
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    let type = ONNXTensorProto.DataType.allCases.first { $0.quantizedRange == range }
    let zeroPoints = grid.zeroPoint.elements.compactMap { Int(exactly: $0) }
    guard let type, zeroPoints.count == grid.zeroPoint.count,
      zeroPoints.allSatisfy(range.contains)
    else {
      throw .unsupported("quantization to \(range.lowerBound)…\(range.upperBound)")
    }
    let value = layer.inputs[0]
    var form = graph.form(of: value)
    var attributes: [(String, ONNXAttribute)] = []
    switch grid.granularity {
    case .tensor: break
    case .axis(let axis): attributes = [("axis", .int(graph.axis(axis, of: value, form)))]
    case .blocks(let length, let axis):
      form = .logical
      attributes = [
        ("axis", .int(graph.axis(axis, of: value, form))), ("block_size", .int(length)),
      ]
    }
    let parameters = [
      graph.initializer("\(layer.name).scale", grid.scale),
      graph.initializer(
        "\(layer.name).zeroPoint", integers: zeroPoints, shape: grid.zeroPoint.shape, of: type),
    ]
    let integers = graph.unused("\(layer.name)/integers")
    graph.add(
      "QuantizeLinear", [graph.read(value, form)] + parameters, [integers], list: attributes)
    let output = graph.write(layer.outputs[0], form)
    switch result {
    case .realNumbers:
      graph.add("DequantizeLinear", [integers] + parameters, [output], list: attributes)
    case .integers:
      graph.add(
        "Cast", [integers], [output], ["to": .int(ONNXTensorProto.DataType.float.rawValue)])
    }
  }
}

extension Dequantization: ONNXExported {
  /// Arithmetic: the integers are floats in a network.
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    let value = layer.inputs[0]
    if case .blocks = grid.granularity { throw .unsupported("dequantization of a value by blocks") }
    let broadcast: (scale: Tensor, zeroPoint: Tensor)
    do throws(ShapeError) { broadcast = try grid.broadcast(to: graph.shape(of: value)) } catch {
      throw .unsupported(error.reason)
    }
    let form = graph.form(of: value)
    let parameters = [("zeroPoint", broadcast.zeroPoint), ("scale", broadcast.scale)].map {
      graph.initializer("\(layer.name).\($0)", graph.broadcast($1, against: value, form))
    }
    let centered = graph.unused("\(layer.name)/centered")
    graph.add("Sub", [graph.read(value, form), parameters[0]], [centered])
    graph.add("Mul", [centered, parameters[1]], [graph.write(layer.outputs[0], form)])
  }
}

extension GraphExport {
  /// Adds integers of a type that numbers are quantized to, and returns their name.
  fileprivate mutating func initializer(
    _ name: String, integers: [Int], shape: [Int], of type: ONNXTensorProto.DataType
  ) -> String {
    let bits = StoredIntegers.Format(type)?.bits ?? 8
    var bytes = Data(count: (integers.count * bits + 7) / 8)
    for (index, number) in integers.enumerated() {
      let pattern = UInt16(truncatingIfNeeded: number)
      if bits == 16 {
        bytes[2 * index] = UInt8(truncatingIfNeeded: pattern)
        bytes[2 * index + 1] = UInt8(truncatingIfNeeded: pattern >> 8)
      } else {
        let own = UInt8(truncatingIfNeeded: pattern & (1 << bits - 1))
        bytes[index * bits / 8] |= own << (index * bits % 8)
      }
    }
    return initializer(
      ONNXTensorProto.with {
        $0.name = name
        $0.dims = shape.map { Int64($0) }
        $0.dataType = Int32(type.rawValue)
        $0.rawData = bytes
      })
  }
}
