import Foundation

@testable import NetworkFormats

/// Quantized models.
extension ONNXSeeds {
  /// Pairs of operators, quantized operators, scales of channels and blocks, integers of 4 bits.
  static var quantized: ONNXModelProto {
    var model = model([1, 3, 6, 6])
    model.opsetImport[0].version = 21
    for (name, count) in [("s", 0), ("channelScales", 4)] {
      floats(name, count == 0 ? [] : [Int64(count)], &model)
    }
    floats("blockScales", [2, 5], &model)
    integers("z", type: 2, [], [3], &model)
    integers("zw", type: 3, [4], [0, 1, 2, 3], &model)
    integers("w", type: 3, [4, 3, 3, 3], (0..<108).map { Int32($0 % 7 - 3) }, &model)
    integers("b", type: 6, [4], [1, -2, 3, 40], &model)
    // Two integers of 4 bits in each number.
    integers("d", type: 22, [4, 5], (0..<10).map { Int32(23 * $0) }, &model)
    node("QuantizeLinear", ["x", "s", "z"], "q", ["axis": .int(1)], &model)
    node(
      "QLinearConv", ["q", "s", "z", "w", "channelScales", "zw", "s", "z", "b"], "c",
      ["pads": .ints([1, 1, 1, 1])], &model)
    node(
      "MaxPool", ["c"], "m", ["kernel_shape": .ints([2, 2]), "strides": .ints([2, 2])], &model)
    node("QLinearAdd", ["m", "s", "z", "m", "s", "z", "s", "z"], "a", [:], &model)
    node("QLinearConcat", ["s", "z", "a", "s", "z", "m", "s", "z"], "j", ["axis": .int(2)], &model)
    node("DequantizeLinear", ["j", "s", "z"], "f", [:], &model)
    node("GlobalAveragePool", ["f"], "g", [:], &model)
    node("Flatten", ["g"], "h", ["axis": .int(1)], &model)
    node(
      "DequantizeLinear", ["d", "blockScales"], "v", ["axis": .int(0), "block_size": .int(2)],
      &model)
    node("MatMul", ["h", "v"], "y", [:], &model)
    return model
  }

  /// Products of integers that are quantized while the network runs.
  static var dynamic: ONNXModelProto {
    var model = model([2, 4])
    floats("s", [3], &model)
    integers("z", type: 3, [3], [1, 0, -1], &model)
    integers("w", type: 3, [4, 3], (0..<12).map { $0 - 5 }, &model)
    node("DynamicQuantizeLinear", ["x"], "q", [:], &model)
    model.graph.node[0].output = ["q", "qs", "qz"]
    node("MatMulInteger", ["q", "w", "qz", "z"], "p", [:], &model)
    node("Cast", ["p"], "f", ["to": .int(1)], &model)
    node("Mul", ["qs", "s"], "scales", [:], &model)
    node("Mul", ["f", "scales"], "g", [:], &model)
    node("DynamicQuantizeMatMul", ["x", "w", "s", "z"], "h", [:], &model)
    model.graph.node[model.graph.node.count - 1].domain = "com.microsoft"
    node("Add", ["g", "h"], "y", [:], &model)
    return model
  }

  private static func integers(
    _ name: String, type: Int32, _ shape: [Int64], _ numbers: [Int32],
    _ model: inout ONNXModelProto
  ) {
    var tensor = ONNXTensorProto()
    tensor.name = name
    tensor.dims = shape
    tensor.dataType = type
    tensor.int32Data = numbers
    model.graph.initializer.append(tensor)
  }
}
