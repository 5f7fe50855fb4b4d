import ConvolutionalNetworks

@testable import NetworkFormats

/// What of the ONNX backend test suite is out of scope, told from the case alone and never from how its
/// import ends: whatever is in scope has to pass.
struct ConformanceRules {
  private let test: ConformanceCase
  private let operatorSet: Int

  init(_ test: ConformanceCase) {
    self.test = test
    let operators = test.model.opsetImport.filter { ["", "ai.onnx"].contains($0.domain) }
    operatorSet = operators.map { Int($0.version) }.max() ?? 1
  }

  /// Why the case is skipped; `nil` if it has to pass.
  var reasonToSkip: String? {
    if operatorSet < ONNXFile.oldestOperatorSet { return "operator set \(operatorSet)" }
    if test.dataSets.isEmpty { return "a case without data" }
    for info in test.model.graph.input + test.model.graph.output {
      if let reason = reasonToSkip(info) { return reason }
    }
    for node in test.model.graph.node {
      if let reason = reasonToSkip(node) { return reason }
    }
    return nil
  }

  private func reasonToSkip(_ node: ONNXNodeProto) -> String? {
    guard ["", "ai.onnx"].contains(node.domain) else { return "operators of domain \(node.domain)" }
    let isKnown = node.opType == "Constant" || OperatorImports.all[node.opType] != nil
    guard isKnown else { return "operator \(node.opType)" }
    let attributes = Dictionary(node.attribute.map { ($0.name, $0) }) { first, _ in first }
    func isSet(_ name: String) -> Bool { (attributes[name]?.i ?? 0) != 0 }
    if isSet("training_mode") { return "training" }
    switch node.opType {
    case "Dropout" where hasInput(node, 2): return "training"
    case "BatchNormalization" where node.output.count > 1: return "training"
    case "ReduceMax" where !emptyInputs.isEmpty, "ReduceMin" where !emptyInputs.isEmpty:
      return "infinite constants"
    case "ReduceProd" where rank(node.input.first) != 1: return "products along axes"
    case "Resize"
    where attributes["coordinate_transformation_mode"].map {
      $0.s.elementsEqual("tf_half_pixel_for_nn".utf8)
    }
      ?? false:
      return "coordinates of TensorFlow 1"
    case "Constant" where attributes["sparse_value"] != nil: return "sparse tensors"
    default: break
    }
    let overFeatureMaps: Set = [
      "Conv", "ConvTranspose", "MaxPool", "AveragePool", "LpPool", "GlobalMaxPool",
      "GlobalAveragePool", "BatchNormalization", "InstanceNormalization", "GroupNormalization",
      "LRN",
    ]
    if overFeatureMaps.contains(node.opType), rank(node.input.first) > 4 {
      return "three spatial axes"
    }
    return nil
  }

  private func reasonToSkip(_ info: ONNXValueInfoProto) -> String? {
    guard case .tensorType(let tensor) = info.type.value else { return "sequences and optionals" }
    switch ONNXTensorProto.DataType(rawValue: Int(tensor.elemType)) {
    case .string: return "strings"
    case .complex64, .complex128: return "complex numbers"
    case .bool where test.model.graph.node.contains { $0.opType == "Cast" }: return "casts to bool"
    case .float8E4M3Fn, .float8E4M3Fnuz, .float8E5M2, .float8E5M2Fnuz, .float8E8M0, .float4E2M1,
      nil:
      return "floats of 8 bits and of 4"
    default: return nil
    }
  }

  private func hasInput(_ node: ONNXNodeProto, _ position: Int) -> Bool {
    position < node.input.count && !node.input[position].isEmpty
  }

  private func info(_ name: String?) -> ONNXValueInfoProto? {
    test.model.graph.input.first { $0.name == name }
  }

  private func rank(_ name: String?) -> Int { info(name)?.type.tensorType.shape.dim.count ?? 0 }

  /// Outputs that are left out of scope and of the comparison: positions of maxima, masks of dropout, and
  /// the statistics that layer normalization keeps for training.
  var ignoredOutputs: Set<String> {
    let nodes = test.model.graph.node.filter {
      ["MaxPool", "Dropout", "LayerNormalization"].contains($0.opType)
    }
    return Set(nodes.flatMap { $0.output.dropFirst() })
  }

  /// The inputs that are bound as constants: weights, shapes and bounds, all inputs of operators that
  /// compute shapes, and tensors of no elements, which no network takes.
  var boundInputs: Set<String> {
    let read = Set(test.model.graph.node.flatMap(\.input))
    var bound = Set(test.inputs.map(\.name)).subtracting(read)
    for node in test.model.graph.node {
      if Self.readingFeatures.contains(node.opType), !computesIntegers(node) {
        bound.formUnion(node.input)
        for position in featurePositions(node) where position < node.input.count {
          bound.remove(node.input[position])
        }
      } else {
        bound.formUnion(node.input)
      }
    }
    return bound.union(emptyInputs)
  }

  private var emptyInputs: [String] {
    test.dataSets.flatMap { dataSet in
      zip(test.inputs, dataSet.inputs).filter { $1.dims.contains(0) }.map(\.0.name)
    }
  }

  private func featurePositions(_ node: ONNXNodeProto) -> Range<Int> {
    switch node.opType {
    case "Add", "Sub", "Mul", "Div", "Sum", "Mean", "Min", "Max", "Concat": 0..<node.input.count
    // A single matrix on the right of a product is mostly weights.
    case "MatMul" where rank(node.input.last) > 2: 0..<node.input.count
    case "Where": 1..<3
    default: 0..<1
    }
  }

  /// Operators that are layers, as against those that only compute with known numbers.
  private static let readingFeatures: Set<String> = {
    let numbersOnly: Set = [
      "Shape", "Size", "ConstantOfShape", "Range", "ReduceProd", "Mod", "Floor", "Ceil", "Equal",
      // Of values of the network, the range is each picture's.
      "DynamicQuantizeLinear",
    ]
    return Set(OperatorImports.all.keys).subtracting(numbersOnly)
  }()

  /// Whether the node does arithmetic or casts on integers, which runs as shape arithmetic.
  private func computesIntegers(_ node: ONNXNodeProto) -> Bool {
    let floats: [ONNXTensorProto.DataType] = [.float, .float16, .double, .bfloat16]
    let names =
      switch node.opType {
      // A power is as its base is, and a choice as what is chosen.
      case "Pow": Array(node.input.prefix(1))
      case "Where": Array(node.input.dropFirst())
      default: node.input + node.output
      }
    let types = (test.model.graph.input + test.model.graph.output)
      .filter { names.contains($0.name) }
      .map { ONNXTensorProto.DataType(rawValue: Int($0.type.tensorType.elemType)) }
    let arithmetic: Set = ["Add", "Sub", "Mul", "Div", "Pow", "Min", "Max", "Where", "Cast"]
    return (arithmetic.contains(node.opType) || node.opType.hasPrefix("Reduce"))
      && !types.allSatisfy { $0.map(floats.contains) ?? false }
  }
}
