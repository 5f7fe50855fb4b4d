import FeatureVisualization
import Foundation

@testable import NetworkFormats

/// A classifier of five classes that a test can afford to run:
/// convolution, ReLU, pooling, convolution, ReLU, mean, dense, softmax.
struct SmallNetwork {
  var channels = 3
  /// Height and width; `nil` leaves them open.
  var side: Int? = 32
  var lastBias: Float = 0

  static let layers = [
    "conv1", "relu1", "pool1", "block/conv2", "relu2", "mean", "flatten", "fc", "prob",
  ]
  static let sidecar = """
    {"channelOrder": "RGB", "valueRange": [0, 1], "mean": [0.5, 0.4, 0.3],
     "standardDeviation": [0.25], "labels": ["ant", "bee", "cow", "dog", "elk"]}
    """

  /// Writes `<name>.onnx`, and `<name>.json` if there is a sidecar.
  func write(_ name: String, sidecar: String? = Self.sidecar, to folder: TemporaryFolder) throws {
    try data.write(to: folder.file("\(name).onnx"))
    try sidecar.map { try Data($0.utf8).write(to: folder.file("\(name).json")) }
  }

  /// The network as a program that does not use the tool gets it.
  static func load(_ name: String, from folder: TemporaryFolder) throws -> NeuralNetwork {
    try ONNXFile.load(folder.file("\(name).onnx")).network
  }

  /// The ONNX file.
  var data: Data {
    get throws {
      var graph = ONNXGraphProto()
      var generator = SeededGenerator(seed: 7)
      graph.input = [input]
      for (name, shape) in [
        ("w1", [6, channels, 3, 3]), ("b1", [6]), ("w2", [8, 6, 3, 3]), ("b2", [8]),
        ("w3", [5, 8]), ("b3", [5]),
      ] {
        var tensor = ONNXTensorProto()
        tensor.name = name
        tensor.dims = shape.map(Int64.init)
        tensor.dataType = Int32(ONNXTensorProto.DataType.float.rawValue)
        tensor.floatData = (0..<shape.reduce(1, *)).map { _ in 0.3 * Float(generator.normal()) }
        if name == "b3" { tensor.floatData[4] = lastBias }
        graph.initializer.append(tensor)
      }
      graph.node = [
        node(
          "Conv", "conv1", ["data", "w1", "b1"], ["kernel_shape": [3, 3], "pads": [1, 1, 1, 1]]),
        node("Relu", "relu1", ["conv1"]),
        node("MaxPool", "pool1", ["relu1"], ["kernel_shape": [2, 2], "strides": [2, 2]]),
        node(
          "Conv", "block/conv2", ["pool1", "w2", "b2"],
          ["kernel_shape": [3, 3], "pads": [1, 1, 1, 1]]),
        node("Relu", "relu2", ["block/conv2"]),
        node("GlobalAveragePool", "mean", ["relu2"]),
        node("Flatten", "flatten", ["mean"]),
        node("Gemm", "fc", ["flatten", "w3", "b3"], ["transB": [1]]),
        node("Softmax", "prob", ["fc"]),
      ]
      var output = ONNXValueInfoProto()
      output.name = "prob"
      graph.output = [output]
      var model = ONNXModelProto()
      model.irVersion = 8
      var operators = ONNXOperatorSetIdProto()
      operators.version = 17
      model.opsetImport = [operators]
      model.graph = graph
      return try model.serializedData()
    }
  }

  private var input: ONNXValueInfoProto {
    var input = ONNXValueInfoProto()
    input.name = "data"
    input.type.tensorType.elemType = Int32(ONNXTensorProto.DataType.float.rawValue)
    input.type.tensorType.shape.dim = [1, channels, side, side].map { extent in
      var dimension = ONNXTensorShapeProto.Dimension()
      dimension.value = extent.map { .dimValue(Int64($0)) } ?? .dimParam("free")
      return dimension
    }
    return input
  }

  /// A node that writes a value of its own name; one number is an attribute of its own, several are a list.
  private func node(
    _ operatorName: String, _ name: String, _ inputs: [String], _ numbers: [String: [Int64]] = [:]
  ) -> ONNXNodeProto {
    var node = ONNXNodeProto()
    node.opType = operatorName
    node.name = name
    node.input = inputs
    node.output = [name]
    node.attribute = numbers.sorted { $0.key < $1.key }.map { key, values in
      var attribute = ONNXAttributeProto()
      attribute.name = key
      if values.count == 1 {
        (attribute.i, attribute.type) = (values[0], .int)
      } else {
        (attribute.ints, attribute.type) = (values, .ints)
      }
      return attribute
    }
    return node
  }
}
