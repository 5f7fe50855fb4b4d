import Foundation

@testable import NetworkFormats

/// Grows ONNX models that ask for much: chains, fans and nests of nodes, values that are referred to many times, extents
/// out of all proportion, and data in files that is not there.
struct ONNXStructures {
  private var model = ONNXModelProto()
  private var random: FuzzRandom
  /// The values of the network, and those that are arithmetic on shapes.
  private var features = ["x"]
  private var numbers: [String] = []
  private var count = 0

  /// A model that follows from `random`.
  static func model(using random: inout FuzzRandom) -> ONNXModelProto {
    var structures = ONNXStructures(random: random)
    structures.grow()
    random = structures.random
    return structures.model
  }

  private init(random: FuzzRandom) { self.random = random }

  private mutating func grow() {
    var operators = ONNXOperatorSetIdProto()
    operators.version = random.one(of: [7, 9, 10, 11, 13, 17, 18, 21])
    model.opsetImport = [operators]
    let side = random.one(of: [1, 2, 8, 224, 1 << 20, random.interestingNumber(near: 8)])
    addInput("x", [1, random.one(of: [1, 3, 4]), side, random.once(in: 2) ? side : 8])
    for _ in 0..<(1 + random.below(5)) {
      switch random.below(7) {
      case 0: growChain()
      case 1: growFan()
      case 2: growShapeArithmetic()
      case 3: growConstants()
      case 4: growHugeValue()
      case 5: growSharedWeights()
      default: growExternalData()
      }
    }
    var output = ONNXValueInfoProto()
    output.name = random.once(in: 8) ? random.one(of: features) : features[features.count - 1]
    model.graph.output = [output]
  }

  // MARK: Structures

  /// Nodes that each read the one before, and perhaps a constant or an earlier one.
  private mutating func growChain() {
    let operation = random.one(of: [
      "Relu", "Identity", "Add", "Mul", "Div", "Sub", "Sum", "Max", "Flatten", "Sigmoid", "Erf",
      "Concat", "Neg", "Reciprocal", "Softmax", "Dropout", "Cast", "Transpose",
    ])
    let constant = floats([1], [Float(random.one(of: [0, 1, 2, 6, 0.5, 1e30]))])
    let reads = 1 + random.below(3)
    for _ in 0..<random.one(of: [10, 300, 2_000]) {
      var inputs = [features[features.count - 1]]
      while inputs.count < reads {
        inputs.append(random.once(in: 3) ? random.one(of: features) : constant)
      }
      if ["Add", "Mul", "Div", "Sub"].contains(operation) {
        inputs = [inputs[0], inputs.count > 1 ? inputs[1] : constant]
      }
      add(operation, inputs, ["axis": 1, "to": 1])
    }
  }

  /// Many nodes that read one value, and one that reads all of them; or one value many times.
  private mutating func growFan() {
    let source = features[features.count - 1]
    let width = random.one(of: [2, 100, 3_000])
    var branches = Array(repeating: source, count: width)
    if random.once(in: 2) {
      branches = (0..<width).map { _ in add("Relu", [source], name: "same") }
    }
    add(random.one(of: ["Concat", "Sum", "Max", "Mean"]), branches, ["axis": random.below(4)])
  }

  /// Arithmetic on shapes in which each result is used several times.
  private mutating func growShapeArithmetic() {
    add("Shape", [features[features.count - 1]], isFeature: false)
    let operation = random.one(of: ["Add", "Mul", "Concat", "Max", "Div", "Tile", "Gather"])
    for _ in 0..<random.one(of: [5, 60, 1_500]) {
      let last = numbers[numbers.count - 1]
      let other = random.once(in: 3) ? random.one(of: numbers) : last
      add(operation, [last, other], ["axis": 0], isFeature: false)
    }
    let shape = numbers[numbers.count - 1]
    let reader = random.one(of: ["Reshape", "Expand", "Tile", "ConstantOfShape", "Slice"])
    add(reader, reader == "ConstantOfShape" ? [shape] : [features[features.count - 1], shape])
  }

  /// Constants that operations make large.
  private mutating func growConstants() {
    let extents = (0..<(1 + random.below(3))).map { _ in hugeExtent() }
    let shape = integers(extents)
    for _ in 0..<random.one(of: [1, 5, 40]) {
      switch random.below(4) {
      case 0: add("ConstantOfShape", [shape], isFeature: false)
      case 1:
        let bounds = [0, hugeExtent(), 1].map { integers([$0], isScalar: true) }
        add("Range", bounds, isFeature: false)
      case 2: add("Expand", [floats([1], [1]), shape], isFeature: false)
      default: add("Tile", [floats([2], [1, 2]), integers([hugeExtent()])], isFeature: false)
      }
    }
    add("Add", [features[features.count - 1], numbers[numbers.count - 1]])
  }

  /// A value of the network that is far larger than what it is made of.
  private mutating func growHugeValue() {
    let source = features[features.count - 1]
    let extents = integers((0..<4).map { _ in hugeExtent() })
    switch random.below(7) {
    case 0: add("Resize", [source, "", "", extents])
    case 1: add("Upsample", [source, floats([4], (0..<4).map { _ in Float(hugeExtent()) })])
    case 2: add("Tile", [source, extents])
    case 3: add("Expand", [source, extents])
    case 4: add("Pad", [source, integers((0..<8).map { _ in hugeExtent() })])
    case 5: add("DepthToSpace", [source], ["blocksize": hugeExtent()])
    default:
      add(
        random.one(of: ["MaxPool", "AveragePool", "LpPool"]), [source],
        ints: [
          "kernel_shape": [hugeExtent(), 1], "strides": [1, hugeExtent()],
          "dilations": [hugeExtent(), 1],
          "pads": [hugeExtent(), 0, hugeExtent(), 0],
        ])
    }
  }

  /// Weights that many layers read.
  private mutating func growSharedWeights() {
    let channels = 1 << random.below(9)
    let isMatrix = random.once(in: 2)
    let weights = floats(
      isMatrix ? [channels, channels] : [channels, channels, 1, 1],
      Array(repeating: 0.01, count: channels * channels))
    let operation =
      isMatrix ? random.one(of: ["MatMul", "Gemm"]) : random.one(of: ["Conv", "ConvTranspose"])
    for _ in 0..<random.one(of: [3, 50, 500]) {
      add(
        operation, [features[features.count - 1], weights],
        ints: ["strides": [1, random.once(in: 9) ? hugeExtent() : 1]])
    }
  }

  /// A tensor whose data lies, or does not lie, in another file.
  private mutating func growExternalData() {
    var tensor = ONNXTensorProto()
    tensor.name = newName()
    tensor.dims = [Int64(hugeExtent())]
    tensor.dataType = Int32(random.one(of: [1, 7, 10, 11]))
    tensor.dataLocation = .external
    let location = random.one(of: [
      "fuzzed.bin", "../fuzzed.bin", "/etc/passwd", "/dev/zero", ".", "", "a/../../b",
      String(repeating: "a/", count: 5_000),
    ])
    for (key, value) in [
      ("location", location), ("offset", "\(random.interestingNumber())"),
      ("length", "\(hugeExtent())"),
    ] {
      var entry = ONNXStringStringEntryProto()
      (entry.key, entry.value) = (key, value)
      tensor.externalData.append(entry)
    }
    model.graph.initializer.append(tensor)
    add("Add", [features[features.count - 1], tensor.name])
  }

  // MARK: Parts

  private mutating func hugeExtent() -> Int {
    switch random.below(4) {
    case 0: random.interestingNumber(near: 1 << 20)
    case 1: 1 << random.below(12)
    case 2: 1 << (12 + random.below(14))
    default: 1 + random.below(4)
    }
  }

  private mutating func newName() -> String {
    count += 1
    return "v\(count)"
  }

  private mutating func floats(_ shape: [Int], _ elements: [Float]) -> String {
    var tensor = ONNXTensorProto()
    tensor.name = newName()
    tensor.dims = shape.map { Int64($0) }
    tensor.dataType = 1
    tensor.floatData = elements
    model.graph.initializer.append(tensor)
    return tensor.name
  }

  private mutating func integers(_ elements: [Int], isScalar: Bool = false) -> String {
    var tensor = ONNXTensorProto()
    tensor.name = newName()
    tensor.dims = isScalar ? [] : [Int64(elements.count)]
    tensor.dataType = 7
    tensor.int64Data = elements.map { Int64($0) }
    model.graph.initializer.append(tensor)
    return tensor.name
  }

  private mutating func addInput(_ name: String, _ shape: [Int]) {
    var input = ONNXValueInfoProto()
    input.name = name
    input.type.tensorType.elemType = 1
    input.type.tensorType.shape.dim = shape.map { extent in
      var dimension = ONNXTensorShapeProto.Dimension()
      dimension.value = .dimValue(Int64(extent))
      return dimension
    }
    model.graph.input.append(input)
  }

  @discardableResult
  private mutating func add(
    _ operation: String, _ inputs: [String], _ attributes: [String: Int] = [:],
    ints: [String: [Int]] = [:], name: String = "", isFeature: Bool = true
  ) -> String {
    var node = ONNXNodeProto()
    node.opType = operation
    node.name = name
    node.input = inputs
    node.output = [newName()]
    for (key, value) in attributes.sorted(by: { $0.key < $1.key }) {
      var attribute = ONNXAttributeProto()
      (attribute.name, attribute.type, attribute.i) = (key, .int, Int64(value))
      node.attribute.append(attribute)
    }
    for (key, values) in ints.sorted(by: { $0.key < $1.key }) {
      var attribute = ONNXAttributeProto()
      (attribute.name, attribute.type) = (key, .ints)
      attribute.ints = values.map { Int64($0) }
      node.attribute.append(attribute)
    }
    // Taken out meanwhile: appended in place, the graph would be copied each time.
    var graph = model.graph
    model.clearGraph()
    graph.node.append(node)
    model.graph = graph
    if isFeature { features.append(node.output[0]) } else { numbers.append(node.output[0]) }
    return node.output[0]
  }
}
