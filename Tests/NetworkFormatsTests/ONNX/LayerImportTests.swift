import ConvolutionalNetworks
import Testing

@testable import NetworkFormats

@Suite("ONNX: operators become layers")
struct LayerImportTests {
  /// Protects the order of weights (OIHW in the file, OHWI here) and the window's attributes.
  @Test func convolution() throws {
    let model = ModelBuilder.single(
      "Conv", others: ["w", "b"],
      ["strides": [2, 1], "pads": [1, 0, 2, 3], "dilations": [1, 2], "kernel_shape": [2, 2]]
    ) {
      $0.floats("w", [2, 3, 2, 2], (0..<24).map { Float($0) })
      $0.floats("b", [2], [7, 8])
    }
    let convolution: Convolution = try model.load().operation()
    #expect(convolution.weights.shape == [2, 2, 2, 3])
    #expect(convolution.weights[1, 0, 1, 2] == 21)
    #expect(convolution.bias?.elements == [7, 8])
    #expect(convolution.window.stride == [2, 1])
    #expect(convolution.window.dilation == [1, 2])
    #expect(convolution.window.padding == .explicit(before: [1, 0], after: [2, 3]))
  }

  /// Protects each meaning of `auto_pad`; the lower and upper forms differ by one cell.
  @Test(arguments: [
    ("SAME_UPPER", Padding.sameUpper), ("SAME_LOWER", .sameLower), ("VALID", .none()),
    ("NOTSET", .uniform(1)),
  ])
  func automaticPadding(name: String, padding: Padding) throws {
    let model = ModelBuilder.single(
      "Conv", others: ["w"], ["auto_pad": .string(name), "pads": [1, 1, 1, 1]]
    ) { $0.floats("w", [1, 3, 1, 1], [1, 2, 3]) }
    let convolution: Convolution = try model.load().operation()
    #expect(convolution.window.padding == padding)
  }

  /// Protects depthwise and one-dimensional convolutions.
  @Test func groupedOneDimensional() throws {
    let model = ModelBuilder.single("Conv", shape: [1, 4, 9], others: ["w"], ["group": 4]) {
      $0.floats("w", [4, 1, 3], [Float](repeating: 1, count: 12))
    }
    let loaded = try model.load()
    let convolution: Convolution = try loaded.operation()
    #expect(convolution.groups == 4)
    #expect(convolution.weights.shape == [4, 3, 1])
    #expect(try loaded.shape(for: [2, 4, 9]) == [2, 4, 7])
  }

  /// Protects alpha, beta, both transpositions and the scalar summand of Gemm.
  @Test func generalProduct() throws {
    let model = ModelBuilder.single(
      "Gemm", shape: [2, 2], others: ["b", "c"], ["alpha": 2.0, "beta": 3.0, "transA": 1]
    ) {
      $0.floats("b", [2, 3], [1, 2, 3, 4, 5, 6])
      $0.floats("c", [], [5])
    }
    let loaded = try model.load()
    let dense: Dense = try loaded.operation()
    #expect(dense.weights == Tensor(shape: [3, 2], elements: [2, 8, 4, 10, 6, 12]))
    #expect(dense.bias?.elements == [15, 15, 15])
    #expect(loaded.network.layers.map(\.name) == ["node/transposed", "node"])
  }

  /// Protects a summand that differs by row, which no bias can be: the sum keeps the node's name.
  @Test func generalProductPlusMatrix() throws {
    let model = ModelBuilder.single("Gemm", shape: [2, 2], others: ["b", "c"], ["transB": 1]) {
      $0.floats("b", [1, 2], [1, 2])
      $0.floats("c", [2, 1], [5, 6])
    }
    let loaded = try model.load()
    #expect(try loaded.operation("node", as: Arithmetic.self).operator == .add)
    #expect(try loaded.operation("node/product", as: Dense.self).bias == nil)
  }

  /// Protects products with a vector, which drop the last axis.
  @Test func productWithVector() throws {
    let model = ModelBuilder.single("MatMul", shape: [2, 4, 3], others: ["b"]) {
      $0.floats("b", [3], [1, 2, 3])
    }
    #expect(try model.load().shape(for: [2, 4, 3]) == [2, 4])
  }

  /// Protects pooling's attributes, those with a default included.
  @Test func pooling() throws {
    let maximum = ModelBuilder.single(
      "MaxPool", ["kernel_shape": [3, 3], "strides": [2, 2], "ceil_mode": 1, "storage_order": 1])
    let loaded = try maximum.load()
    #expect(try loaded.operation(as: Pooling.self).ceilMode)
    #expect(try loaded.shape(for: [1, 3, 8, 8]) == [1, 3, 4, 4])
    #expect(loaded.warnings.isEmpty)
    let average = ModelBuilder.single(
      "AveragePool", ["kernel_shape": [2, 2], "count_include_pad": 1, "pads": [1, 1, 1, 1]])
    let reduction = try average.load().operation(as: Pooling.self).reduction
    #expect(reduction == .average(countsPadding: true))
  }

  /// Protects the trained statistics against being mixed up.
  @Test func batchNormalization() throws {
    let model = ModelBuilder.single(
      "BatchNormalization", others: ["s", "b", "m", "v"], ["epsilon": 0.5, "momentum": 0.8]
    ) { builder in
      for (name, number) in [("s", 1), ("b", 2), ("m", 3), ("v", 4)] {
        builder.floats(name, [3], [Float](repeating: Float(number), count: 3))
      }
    }
    let loaded = try model.load()
    let normalization: BatchNormalization = try loaded.operation()
    #expect(normalization.scale.elements[0] == 1)
    #expect(normalization.shift.elements[0] == 2)
    #expect(normalization.mean.elements[0] == 3)
    #expect(normalization.variance.elements[0] == 4)
    #expect(normalization.epsilon == 0.5)
    #expect(loaded.warnings.isEmpty)
  }

  /// Protects the norm of LpPool, whose p is 2 unless stated.
  @Test func normPooling() throws {
    let plain = ModelBuilder.single("LpPool", ["kernel_shape": [2, 2]])
    #expect(try plain.load().operation(as: Pooling.self).reduction == .norm(p: 2))
    let stated = ModelBuilder.single("LpPool", ["kernel_shape": [2, 2], "p": 3])
    #expect(try stated.load().operation(as: Pooling.self).reduction == .norm(p: 3))
  }

  /// Protects the two orders in which channels become blocks.
  @Test func blocks() throws {
    let plain = ModelBuilder.single("DepthToSpace", shape: [1, 8, 2, 2], ["blocksize": 2])
    #expect(try plain.load().operation(as: DepthToSpace.self).order == .depthColumnRow)
    let shuffle = ModelBuilder.single(
      "DepthToSpace", shape: [1, 8, 2, 2], ["blocksize": 2, "mode": "CRD"])
    #expect(try shuffle.load().operation(as: DepthToSpace.self).order == .columnRowDepth)
    #expect(try shuffle.load().shape(for: [1, 8, 2, 2]) == [1, 2, 4, 4])
    let space = ModelBuilder.single("SpaceToDepth", ["blocksize": 4])
    #expect(try space.load().shape(for: [1, 3, 8, 8]) == [1, 48, 2, 2])
  }

  /// Protects repetitions of values of the network, to a shape computed from another.
  @Test func repetitions() throws {
    let tiles = ModelBuilder.single("Tile", others: ["r"]) { $0.integers("r", [1, 2, 1, 3]) }
    #expect(try tiles.load().shape(for: [1, 3, 8, 8]) == [1, 6, 8, 24])
    var model = ModelBuilder()
    model.input("x", [1, 3, 8, 8])
    model.node("Shape", ["x"], ["shape"])
    model.node("GlobalAveragePool", ["x"], ["mean"])
    model.node("Expand", ["mean", "shape"], ["y"])
    model.output("y")
    #expect(try model.load().shape(for: [2, 3, 5, 7]) == [2, 3, 5, 7])
  }

  /// Protects masks known from the file, and conditions on numbers, which are computed at once.
  @Test func conditions() throws {
    var model = ModelBuilder()
    model.input("x", [1, 4])
    model.integers("numbers", [3, 5, 3, 7])
    model.integers("three", [3])
    model.floats("zero", [], [0])
    model.node("Equal", ["numbers", "three"], ["mask"])
    model.node("Where", ["mask", "x", "zero"], ["y"])
    model.node("Where", ["mask", "numbers", "three"], ["z"])
    model.output("y")
    model.output("z")
    let loaded = try model.load()
    #expect(try loaded.network.layer("y").inputs == ["mask", "x", "zero"])
    #expect(try loaded.operation("mask", as: Constant.self).value.elements == [1, 0, 1, 0])
    #expect(try loaded.constantOutput("z").elements == [3, 3, 3, 3])
  }

  /// Protects each activation's parameters and ONNX's defaults for them.
  @Test(
    arguments: [
      ("Relu", [:], ActivationFunction.relu), ("Sigmoid", [:], .sigmoid), ("Tanh", [:], .tanh),
      ("Softplus", [:], .softplus), ("HardSwish", [:], .hardSwish),
      ("LeakyRelu", [:], .leakyReLU(slope: 0.01)),
      ("LeakyRelu", ["alpha": 0.3], .leakyReLU(slope: 0.3)), ("Elu", [:], .elu(alpha: 1)),
      ("Selu", [:], .selu), ("Selu", ["alpha": 2.0, "gamma": 3.0], .selu(alpha: 2, scale: 3)),
      ("HardSigmoid", [:], .hardSigmoid(alpha: 0.2, beta: 0.5)),
      ("Gelu", [:], .gelu(approximate: false)),
      ("Gelu", ["approximate": "tanh"], .gelu(approximate: true)), ("Swish", [:], .silu),
      ("Swish", ["alpha": 2.0], .swish(alpha: 2)), ("Mish", [:], .mish),
      ("Softsign", [:], .softsign),
      ("Celu", [:], .celu(alpha: 1)), ("Celu", ["alpha": 0.5], .celu(alpha: 0.5)),
      ("ThresholdedRelu", [:], .thresholdedReLU(threshold: 1)),
      ("Softmax", ["axis": 1], .softmax(axis: 1)), ("LogSoftmax", [:], .logSoftmax(axis: -1)),
    ] as [(String, [String: AttributeValue], ActivationFunction)])
  func activation(name: String, attributes: [String: AttributeValue], function: ActivationFunction)
    throws
  {
    #expect(try ModelBuilder.single(name, attributes).load().function() == function)
  }

  /// Protects slopes that belong to channels.
  @Test func parametricReLU() throws {
    let model = ModelBuilder.single("PRelu", others: ["s"]) {
      $0.floats("s", [3, 1, 1], [0.1, 0.2, 0.3])
    }
    let slopes = Tensor(shape: [3, 1, 1], elements: [0.1, 0.2, 0.3])
    #expect(try model.load().function() == .parametricReLU(slopes: slopes))
  }

  /// Protects sums of more than two values, and that a constant operand becomes a layer.
  @Test func sumOfThree() throws {
    let model = ModelBuilder.single("Sum", others: ["x", "c"]) { $0.floats("c", [1], [2]) }
    let network = try model.load().network
    #expect(network.layers.map(\.name) == ["node/partial sum", "c", "node"])
    #expect(try network.layer("c").operation.kind == "Constant")
  }

  /// Protects the order of the operands of a mean, and that the division bears the node's name.
  @Test func meanOfThree() throws {
    let model = ModelBuilder.single("Mean", others: ["x", "x"])
    let loaded = try model.load()
    #expect(
      loaded.network.layers.map(\.name)
        == ["node/partial sum", "node/partial sum/2", "node/count", "node"])
    #expect(try loaded.operation(as: Arithmetic.self).operator == .divide)
    #expect(try loaded.operation("node/count", as: Constant.self).value.elements == [3])
  }

  /// Protects maxima of values none of which is one number, which no clip can be.
  @Test func maximumOfThree() throws {
    let network = try ModelBuilder.single("Max", others: ["x", "x"]).load().network
    #expect(network.layers.map { ($0.operation as? Arithmetic)?.operator } == [.maximum, .maximum])
  }

  /// Protects the exponents that become something cheaper, and those that cannot.
  @Test(
    arguments: [
      (2.0, "Multiply"), (1, "Identity"), (0.5, "Sqrt"), (-1, "Reciprocal"), (3, "Power"),
    ] as [(Float, String)])
  func power(exponent: Float, kind: String) throws {
    let model = ModelBuilder.single("Pow", others: ["e"]) { $0.floats("e", [], [exponent]) }
    #expect(try model.load().network.layer("node").operation.kind == kind)
    let array = ModelBuilder.single("Pow", others: ["e"]) {
      $0.floats("e", [2, 1], [exponent, exponent])
    }
    #expect(try array.load().operation(as: Arithmetic.self).operator == .power)
  }

  /// Protects the scale of attention, a root of numbers known from shapes; powers of integers are integers.
  @Test func functionsOfKnownNumbers() throws {
    var model = ModelBuilder()
    model.integers("sixteen", [16])
    model.integers("three", [3])
    model.node("Cast", ["sixteen"], ["float"], ["to": 1])
    model.node("Sqrt", ["float"], ["root"])
    model.node("Reciprocal", ["root"], ["y"])
    model.node("Pow", ["three", "root"], ["z"])
    model.output("y")
    model.output("z")
    let loaded = try model.load()
    #expect(try loaded.constantOutput() == Tensor(shape: [1], elements: [0.25]))
    #expect(try loaded.constantOutput("z") == Tensor(shape: [1], elements: [81]))
  }

  /// Protects where the axes of a reduction are written, which changed with the operator set, and what none mean.
  @Test(arguments: ["ReduceSum", "ReduceMax"])
  func reduction(operatorName: String) throws {
    let attribute = ModelBuilder.single(
      operatorName, operatorSet: 12, ["axes": [2, 3], "keepdims": 0])
    let old: Reduction = try attribute.load().operation()
    #expect(old.axes == [2, 3] && !old.keepsAxes)
    let input = ModelBuilder.single(operatorName, operatorSet: 18, others: ["axes"]) {
      $0.integers("axes", [-1])
    }
    let new: Reduction = try input.load().operation()
    #expect(new.axes == [-1] && new.keepsAxes)
    let all: Reduction = try ModelBuilder.single(operatorName, operatorSet: 18).load().operation()
    #expect(all.axes == nil)
    let none: Reduction = try ModelBuilder.single(
      operatorName, operatorSet: 18, ["noop_with_empty_axes": 1]
    ).load().operation()
    #expect(none.axes == [])
  }

  /// Protects reductions of known numbers, which are known too.
  @Test func reductionOfKnownNumbers() throws {
    var model = ModelBuilder()
    model.integers("extents", [2, 3, 4])
    model.node("ReduceSum", ["extents"], ["y"], ["keepdims": 0])
    model.output("y")
    #expect(try model.load().constantOutput() == Tensor(shape: [], elements: [9]))
  }

  /// Protects operators with several outputs, an unused one among them.
  @Test func split() throws {
    var model = ModelBuilder(operatorSet: 18)
    model.input("x", [1, 6, 4, 4])
    model.integers("sizes", [1, 2, 3])
    model.node("Split", ["x", "sizes"], ["a", "", "y"], name: "node", ["axis": 1])
    model.output("y")
    let loaded = try model.load()
    #expect(try loaded.shape(for: [1, 6, 4, 4]) == [1, 3, 4, 4])
    #expect(try loaded.network.layer("node").outputs == ["a", "node/output 1", "y"])
  }

  /// Protects selecting one position, as `x[:, -1]` is exported.
  @Test func gatherOfOnePosition() throws {
    let model = ModelBuilder.single("Gather", shape: [1, 3, 8], others: ["i"], ["axis": 1]) {
      $0.integers("i", [-1], shape: [])
    }
    #expect(try model.load().shape(for: [2, 3, 8]) == [2, 8])
  }

  /// Protects the attributes of resizing.
  @Test func resize() throws {
    let model = ModelBuilder.single(
      "Resize", operatorSet: 19, others: ["", "scales"],
      [
        "mode": "cubic", "cubic_coeff_a": -0.5, "exclude_outside": 1,
        "coordinate_transformation_mode": "align_corners",
      ]
    ) { $0.floats("scales", [4], [1, 1, 2, 2]) }
    let resize: Resize = try model.load().operation()
    #expect(resize.interpolation == .cubic(a: -0.5))
    #expect(resize.coordinates == .alignCorners)
    #expect(resize.excludesOutside)
  }

  /// Protects sizes that name the declared batch: they must not bind the network to it.
  @Test func resizeLeavesTheBatchFree() throws {
    let model = ModelBuilder.single("Resize", others: ["", "", "sizes"]) {
      $0.integers("sizes", [1, 3, 16, 16])
    }
    let resize: Resize = try model.load().operation()
    #expect(resize.axes == [1, 2, 3])
    #expect(resize.extent == .sizes(.constant([3, 16, 16]), .stretch))
  }

  /// Protects the node's name for the layer, the output's where there is none or a second of it, and
  /// clear names for duplicates of both.
  @Test func layerNames() throws {
    var model = ModelBuilder()
    model.input("x", [1, 3])
    model.node("Relu", ["x"], ["a"])
    model.node("Relu", ["a"], ["b"], name: "relu")
    model.node("Relu", ["b"], ["c"], name: "relu")
    model.node("Relu", ["c"], ["d"], name: "c")
    model.output("d")
    #expect(try model.load().network.layers.map(\.name) == ["a", "relu", "c", "d"])
  }

  /// Protects files whose nodes are not in order.
  @Test func nodesOutOfOrder() throws {
    var model = ModelBuilder()
    model.input("x", [1, 3])
    model.node("Tanh", ["b"], ["y"])
    model.node("Sigmoid", ["a"], ["b"])
    model.node("Relu", ["x"], ["a"])
    model.output("y")
    #expect(try model.load().network.layers.map(\.name) == ["a", "b", "y"])
  }

  /// Protects the place of channels, in networks exported with channels last too.
  @Test(
    arguments: [
      ([1, 3, 224, 224], 1), ([nil, 3, nil, nil], 1), ([1, 224, 224, 3], 3), ([1, 16, 8, 8], 1),
      ([1, 28, 28, 1], 3), ([1, 10], nil),
    ] as [([Int64?], Int?)])
  func channelAxis(shape: [Int64?], axis: Int?) throws {
    let input = try #require(
      try ModelBuilder.single("Relu", shape: shape).load().network.inputs.first)
    #expect(input.channelAxis == axis)
    #expect(input.shape.first == .some(nil))
  }
}
