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
    guard case .sizes(.constant(let sizes), .stretch) = resize.extent else {
      Issue.record("not resized to sizes")
      return
    }
    #expect(sizes == NumberArray([3, 16, 16]))
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

  /// Protects an output of the graph whose name a node has that writes something else, as keras2onnx names them: the
  /// output goes by its own name, and the node's value by that of the value.
  @Test func outputsGoByTheirNames() throws {
    var model = ModelBuilder()
    model.input("x", [1, 2])
    model.floats("w", [2, 2], [1, 0, 0, 1])
    model.floats("b", [2], [5, 6])
    model.node("MatMul", ["x", "w"], ["dense/product"], name: "dense")
    model.node("Add", ["dense/product", "b"], ["dense"], name: "dense/add")
    model.output("dense")
    let network = try model.load().network
    #expect(network.layers.map(\.name) == ["dense/product", "b", "dense/add"])
    #expect(try network.layer("dense").name == "dense/add")
    #expect(try network.layer("dense/product").operation is Dense)
  }
}
