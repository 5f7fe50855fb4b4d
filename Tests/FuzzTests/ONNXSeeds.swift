import Foundation
import SwiftProtobuf

@testable import NetworkFormats

/// ONNX models to begin with: a few written here, and the operator cases beside the checkout.
enum ONNXSeeds {
  static func models() throws -> [ONNXModelProto] {
    [convolutional, shaped, mixed, quantized, dynamic] + (try cases())
  }

  /// The operator cases, whose inputs after the first become constants: sizes and axes mostly.
  private static func cases() throws -> [ONNXModelProto] {
    guard let folder = Seeds.operatorCases else {
      print("SKIPPED operator cases as seeds of ONNX: there are none beside the checkout")
      return []
    }
    let folders = try FileManager.default
      .contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
    return try folders.compactMap { folder in
      guard let data = try? Data(contentsOf: folder.appendingPathComponent("model.onnx")),
        var model = try? ONNXModelProto(serializedBytes: data), data.count < 100_000
      else { return nil }
      for position in model.graph.input.indices.dropFirst() {
        let url = folder.appendingPathComponent("test_data_set_0/input_\(position).pb")
        guard let bytes = try? Data(contentsOf: url),
          var tensor = try? ONNXTensorProto(serializedBytes: bytes), bytes.count < 20_000
        else { continue }
        tensor.name = model.graph.input[position].name
        model.graph.initializer.append(tensor)
      }
      let constants = Set(model.graph.initializer.map(\.name))
      model.graph.input.removeAll { constants.contains($0.name) }
      return model
    }
  }

  /// Convolution, normalization, pooling, a residual sum and a classifier.
  private static var convolutional: ONNXModelProto {
    var model = model([1, 3, 8, 8])
    floats("w", [4, 3, 3, 3], &model)
    floats("v", [4, 1, 3, 3], &model)
    for name in ["scale", "bias", "mean", "variance"] { floats(name, [4], &model) }
    floats("dense", [4, 5], &model)
    node(
      "Conv", ["x", "w"], "a", ["pads": .ints([1, 1, 1, 1]), "strides": .ints([1, 1])], &model)
    node("BatchNormalization", ["a", "scale", "bias", "mean", "variance"], "b", [:], &model)
    node("Relu", ["b"], "c", [:], &model)
    node(
      "Conv", ["c", "v"], "d",
      ["group": .int(4), "pads": .ints([1, 1, 1, 1]), "dilations": .ints([1, 1])], &model)
    node("Add", ["c", "d"], "e", [:], &model)
    node(
      "MaxPool", ["e"], "f",
      ["kernel_shape": .ints([3, 3]), "strides": .ints([2, 2]), "ceil_mode": .int(1)], &model)
    node("LRN", ["f"], "g", ["size": .int(3), "alpha": .float(0.1), "bias": .float(1)], &model)
    node("GlobalAveragePool", ["g"], "h", [:], &model)
    node("Flatten", ["h"], "i", ["axis": .int(1)], &model)
    node("MatMul", ["i", "dense"], "j", [:], &model)
    node("Softmax", ["j"], "y", ["axis": .int(-1)], &model)
    return model
  }

  /// Arithmetic on shapes, as exporters write it.
  private static var shaped: ONNXModelProto {
    var model = model([1, 2, 4, 6])
    integers("zero", [0], &model)
    integers("minusOne", [-1], &model)
    integers("starts", [0, 1], &model)
    integers("ends", [4, 5], &model)
    integers("axes", [2, 3], &model)
    floats("scales", [4], &model)
    node("Shape", ["x"], "shape", [:], &model)
    node("Gather", ["shape", "zero"], "n", ["axis": .int(0)], &model)
    node("Concat", ["n", "minusOne"], "target", ["axis": .int(0)], &model)
    node("Slice", ["x", "starts", "ends", "axes"], "s", [:], &model)
    node("Transpose", ["s"], "t", ["perm": .ints([0, 2, 3, 1])], &model)
    node("Resize", ["t", "", "scales"], "r", ["mode": .string("nearest")], &model)
    node("Reshape", ["r", "target"], "y", [:], &model)
    return model
  }

  /// Products and normalizations of a transformer.
  private static var mixed: ONNXModelProto {
    var model = model([1, 4, 6])
    floats("query", [6, 6], &model)
    floats("scale", [6], &model)
    node("LayerNormalization", ["x", "scale"], "n", ["axis": .int(-1)], &model)
    node("MatMul", ["n", "query"], "q", [:], &model)
    node("Transpose", ["n"], "k", ["perm": .ints([0, 2, 1])], &model)
    node("MatMul", ["q", "k"], "s", [:], &model)
    node("Softmax", ["s"], "p", ["axis": .int(-1)], &model)
    node("MatMul", ["p", "n"], "o", [:], &model)
    node("Gelu", ["o"], "g", [:], &model)
    node("ReduceMean", ["g"], "y", ["axes": .ints([1]), "keepdims": .int(0)], &model)
    return model
  }

  enum Value {
    case int(Int64)
    case ints([Int64])
    case float(Float)
    case string(String)
  }

  static func model(_ shape: [Int64]) -> ONNXModelProto {
    var model = ONNXModelProto()
    var operators = ONNXOperatorSetIdProto()
    operators.version = 17
    model.opsetImport = [operators]
    model.irVersion = 8
    var input = ONNXValueInfoProto()
    input.name = "x"
    input.type.tensorType.elemType = 1
    input.type.tensorType.shape.dim = shape.map { extent in
      var dimension = ONNXTensorShapeProto.Dimension()
      dimension.value = .dimValue(extent)
      return dimension
    }
    model.graph.input = [input]
    var output = ONNXValueInfoProto()
    output.name = "y"
    model.graph.output = [output]
    return model
  }

  static func floats(_ name: String, _ shape: [Int64], _ model: inout ONNXModelProto) {
    var tensor = ONNXTensorProto()
    tensor.name = name
    tensor.dims = shape
    tensor.dataType = 1
    tensor.floatData = [Float](repeating: 1, count: Int(shape.reduce(1, *)))
    model.graph.initializer.append(tensor)
  }

  private static func integers(
    _ name: String, _ numbers: [Int64], _ model: inout ONNXModelProto
  ) {
    var tensor = ONNXTensorProto()
    tensor.name = name
    tensor.dims = [Int64(numbers.count)]
    tensor.dataType = 7
    tensor.int64Data = numbers
    model.graph.initializer.append(tensor)
  }

  static func node(
    _ operatorName: String, _ inputs: [String], _ output: String, _ attributes: [String: Value],
    _ model: inout ONNXModelProto
  ) {
    var node = ONNXNodeProto()
    node.opType = operatorName
    node.input = inputs
    node.output = [output]
    node.attribute = attributes.sorted { $0.key < $1.key }.map { name, value in
      var attribute = ONNXAttributeProto()
      attribute.name = name
      switch value {
      case .int(let number): (attribute.type, attribute.i) = (.int, number)
      case .ints(let numbers): (attribute.type, attribute.ints) = (.ints, numbers)
      case .float(let number): (attribute.type, attribute.f) = (.float, number)
      case .string(let text): (attribute.type, attribute.s) = (.string, Data(text.utf8))
      }
      return attribute
    }
    model.graph.node.append(node)
  }
}
