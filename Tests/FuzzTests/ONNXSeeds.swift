import Foundation
import SwiftProtobuf

@testable import NetworkFormats

/// ONNX models to begin with: a few written here, and the operator cases beside the checkout.
enum ONNXSeeds {
  static func models() throws -> [ONNXModelProto] {
    [convolutional, shaped, mixed, attentive, summed, optimized, quantized, dynamic]
      + (try cases())
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

  /// Attention of queries that are turned by their position to keys of which some are masked.
  private static var attentive: ONNXModelProto {
    var model = model([1, 4, 8])
    floats("scale", [8], &model)
    floats("cosines", [4, 2], &model)
    floats("mask", [4, 4], &model)
    integers("positions", [0, 1, 2, 3], &model)
    integers("shape", [1, 4], &model)
    node("RMSNormalization", ["x", "scale"], "n", ["axis": .int(-1)], &model)
    node("Reshape", ["positions", "shape"], "p", [:], &model)
    node(
      "RotaryEmbedding", ["n", "cosines", "cosines", "p"], "q",
      ["num_heads": .int(2), "interleaved": .int(1), "rotary_embedding_dim": .int(4)], &model)
    node(
      "Attention", ["q", "n", "n", "mask"], "y",
      [
        "q_num_heads": .int(2), "kv_num_heads": .int(2), "is_causal": .int(1),
        "softcap": .float(2), "scale": .float(0.5),
      ], &model)
    return model
  }

  /// Sums by equations over maxima that were put back, of sequences that were reversed.
  private static var summed: ONNXModelProto {
    var model = model([2, 3, 4, 4])
    floats("weights", [3, 2, 5], &model)
    integers("lengths", [1, 3], &model)
    let window: [String: Value] = ["kernel_shape": .ints([2, 2]), "strides": .ints([2, 2])]
    node("MaxPool", ["x"], "p", and: ["i"], window, &model)
    node("MaxUnpool", ["p", "i"], "u", window, &model)
    node(
      "ReverseSequence", ["u", "lengths"], "r", ["time_axis": .int(1), "batch_axis": .int(0)],
      &model)
    node(
      "Einsum", ["r", "weights", "r"], "e", ["equation": .string("bc...,chk,bc...->b...hk")],
      &model)
    node("Einsum", ["e"], "y", ["equation": .string("biihk -> hbi")], &model)
    return model
  }

  /// What onnxruntime makes of a vision transformer.
  private static var optimized: ONNXModelProto {
    var model = model([1, 2, 4, 4])
    var domain = ONNXOperatorSetIdProto()
    (domain.domain, domain.version) = ("com.microsoft", 1)
    model.opsetImport.append(domain)
    floats("patches", [6, 2, 2, 2], &model)
    floats("qkv", [6, 18], &model)
    floats("bias", [18], &model)
    floats("scale", [6], &model)
    integers("shape", [1, 6, 4], &model)
    integers("mask", [3], &model)
    func contributed(
      _ name: String, _ inputs: [String], _ output: String, _ attributes: [String: Value]
    ) {
      node(name, inputs, output, domain: domain.domain, attributes, &model)
    }
    contributed(
      "FusedConv", ["x", "patches"], "a",
      [
        "strides": .ints([2, 2]), "activation": .string("LeakyRelu"),
        "activation_params": .floats([0.1]),
      ])
    node("Reshape", ["a", "shape"], "b", [:], &model)
    node("Transpose", ["b"], "c", ["perm": .ints([0, 2, 1])], &model)
    contributed(
      "Attention", ["c", "qkv", "bias", "mask"], "d",
      ["num_heads": .int(2), "unidirectional": .int(1)])
    contributed("SkipLayerNormalization", ["d", "c", "scale"], "e", ["epsilon": .float(0.1)])
    contributed("FusedMatMul", ["e", "qkv"], "f", ["alpha": .float(0.5)])
    contributed("BiasGelu", ["f", "bias"], "g", [:])
    contributed("MultiHeadAttention", ["e", "e", "e"], "h", ["num_heads": .int(3)])
    contributed("FusedMatMul", ["g", "h"], "y", ["transA": .int(1)])
    return model
  }

  enum Value {
    case int(Int64)
    case floats([Float])
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
    _ operatorName: String, _ inputs: [String], _ output: String, and others: [String] = [],
    domain: String = "", _ attributes: [String: Value], _ model: inout ONNXModelProto
  ) {
    var node = ONNXNodeProto()
    node.opType = operatorName
    node.input = inputs
    node.output = [output] + others
    node.domain = domain
    node.attribute = attributes.sorted { $0.key < $1.key }.map { name, value in
      var attribute = ONNXAttributeProto()
      attribute.name = name
      switch value {
      case .int(let number): (attribute.type, attribute.i) = (.int, number)
      case .ints(let numbers): (attribute.type, attribute.ints) = (.ints, numbers)
      case .float(let number): (attribute.type, attribute.f) = (.float, number)
      case .floats(let numbers): (attribute.type, attribute.floats) = (.floats, numbers)
      case .string(let text): (attribute.type, attribute.s) = (.string, Data(text.utf8))
      }
      return attribute
    }
    model.graph.node.append(node)
  }
}
