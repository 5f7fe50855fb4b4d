import ConvolutionalNetworks

@testable import NetworkFormats

/// Which inputs of a case are fed and which are bound, and which outputs are compared.
struct ConformanceRules {
  private let test: ConformanceCase

  init(_ test: ConformanceCase) { self.test = test }

  /// Outputs that are left out of scope and of the comparison: masks of dropout, and the statistics that layer
  /// normalization keeps for training.
  var ignoredOutputs: Set<String> {
    let nodes = test.model.graph.node.filter {
      ["Dropout", "LayerNormalization"].contains($0.opType)
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

  /// The ways to split the inputs into those that are bound and those that are fed: as networks have them, all fed, and
  /// all known. Not every operator runs in every way.
  var bindings: [Set<String>] {
    let all = [boundInputs, Set(emptyInputs), Set(test.inputs.map(\.name))]
    return all.enumerated().filter { position, names in !all[..<position].contains(names) }.map(
      \.element)
  }

  private var emptyInputs: [String] {
    test.dataSets.flatMap { dataSet in
      zip(test.inputs, dataSet.inputs).filter { $1.dims.contains(0) }.map(\.0.name)
    }
  }

  private func rank(_ name: String?) -> Int {
    test.model.graph.input.first { $0.name == name }?.type.tensorType.shape.dim.count ?? 0
  }

  private func featurePositions(_ node: ONNXNodeProto) -> Range<Int> {
    switch node.opType {
    case "Add", "Sub", "Mul", "Div", "Sum", "Mean", "Min", "Max", "Concat", "Mod", "Equal", "Less",
      "LessOrEqual", "Greater", "GreaterOrEqual", "And", "Or", "Xor":
      0..<node.input.count
    // A single matrix on the right of a product is mostly weights.
    case "MatMul" where rank(node.input.last) > 2: 0..<node.input.count
    case "Where": 1..<3
    default: 0..<1
    }
  }

  /// Operators that are layers, as against those that only compute with known numbers.
  private static let readingFeatures: Set<String> = {
    let numbersOnly: Set = [
      "Shape", "Size", "ConstantOfShape", "Range",
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
    let arithmetic: Set = ["Add", "Sub", "Mul", "Div", "Pow", "Min", "Max", "Where"]
    return (arithmetic.contains(node.opType) || node.opType.hasPrefix("Reduce"))
      && !types.allSatisfy { $0.map(floats.contains) ?? false }
  }
}
