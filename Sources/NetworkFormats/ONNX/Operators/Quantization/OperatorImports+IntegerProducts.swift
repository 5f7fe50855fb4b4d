import ConvolutionalNetworks

/// Products of integers, whose scales are applied afterwards, and the quantization of what they multiply while the
/// network runs.
extension OperatorImports {
  static let integerProducts: [String: OperatorImport] = [
    "DynamicQuantizeLinear": dynamicQuantization,
    "MatMulInteger": { graph, node throws(ONNXError.Problem) in
      try integerProduct(&graph, node, "MatMul", axes: (-2, -1))
    },
    "ConvInteger": { graph, node throws(ONNXError.Problem) in
      try integerProduct(&graph, node, "Conv", axes: (0, 0))
    },
  ]

  /// Those of onnxruntime's own domain, which apply the scales too.
  static let contributedQuantizedProducts: [String: OperatorImport] = [
    "MatMulIntegerToFloat": { graph, node throws(ONNXError.Problem) in
      var left = try graph.centeredIntegers(node, 0, zeroPoint: 4, axis: -2)
      // Its product with real numbers is real.
      if case .feature(let name, _) = left { left = .feature(name, isInteger: false) }
      let scale = try graph.value(node, 2)
      try scaledProduct(&graph, node, left, scale, right: (scale: 3, zeroPoint: 5), summand: 6)
    },
    "DynamicQuantizeMatMul": { graph, node throws(ONNXError.Problem) in
      let quantized = try quantizedPictures(
        &graph, node, scale: "\(node.outputs[0])/scale", zeroPoint: "\(node.outputs[0])/zero point")
      try scaledProduct(
        &graph, node, .feature(quantized.centered, isInteger: false),
        .feature(quantized.scale, isInteger: false), right: (scale: 2, zeroPoint: 3), summand: 4)
    },
  ]

  private static func dynamicQuantization(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard node.outputs.count == 3 else { throw .unsupported("\(node.outputs.count) outputs") }
    let value = try graph.value(node, 0)
    if let tensor = value.tensor { return try dynamicQuantization(&graph, node, of: tensor) }
    let quantized = try quantizedPictures(
      &graph, node, scale: node.outputs[1], zeroPoint: node.outputs[2])
    try graph.emit(
      node, Arithmetic(.add), [quantized.centered, quantized.zeroPoint], isInteger: true)
    graph.quantizedValues.set(
      node.outputs[0],
      .dynamic(
        centered: quantized.centered, scale: quantized.scale, zeroPoint: node.outputs[2]),
      isReal: false)
  }

  /// Of a known tensor, over its whole range.
  private static func dynamicQuantization(
    _ graph: inout GraphImport, _ node: ONNXNode, of tensor: Tensor
  ) throws(ONNXError.Problem) {
    let low = min(tensor.minimum() ?? 0, 0)
    let high = max(tensor.maximum() ?? 0, 0)
    let scale = high > low ? (high - low) / 255 : 1
    let zeroPoint = (-low / scale).rounded(.toNearestOrEven)
    try graph.take(tensor.count, of: MemoryLayout<Float>.stride + MemoryLayout<Double>.stride)
    var integers = tensor
    try graph.arithmetic { () throws(ShapeError) in
      try Quantization(
        QuantizationGrid(scale: scale, zeroPoint: zeroPoint), range: 0...255, result: .integers
      ).apply(to: &integers)
    }
    let zero = Tensor(shape: [], elements: [zeroPoint])
    for (output, tensor) in [(node.outputs[0], integers), (node.outputs[2], zero)] {
      try graph.define(output, graph.integers(tensor))
    }
    try graph.define(node.outputs[1], .constant(Tensor(shape: [], elements: [scale])))
  }

  /// Adds the layer that quantizes each picture to its own range.
  private static func quantizedPictures(
    _ graph: inout GraphImport, _ node: ONNXNode, scale: String, zeroPoint: String
  ) throws(ONNXError.Problem) -> (centered: String, scale: String, zeroPoint: String) {
    let centered = "\(node.outputs[0])/centered"
    let layer = ONNXNode(
      node, as: node.operatorName, named: "\(node.name)/centered", inputs: node.inputs,
      outputs: [centered, scale, zeroPoint])
    let input = try graph.feature(node, 0)
    try graph.emit(layer, DynamicQuantization(), [input], outputCount: 3, isInteger: false)
    // Outputs without names have been given some.
    func name(_ output: String, _ position: Int) -> String {
      output.isEmpty ? "\(layer.name)/output \(position)" : output
    }
    return (centered, name(scale, 1), name(zeroPoint, 2))
  }

  private static func integerProduct(
    _ graph: inout GraphImport, _ node: ONNXNode, _ operatorName: String, axes: (Int, Int)
  ) throws(ONNXError.Problem) {
    let operands = [
      try graph.centeredIntegers(node, 0, zeroPoint: 2, axis: axes.0),
      try graph.centeredIntegers(node, 1, zeroPoint: 3, axis: axes.1),
    ]
    try graph.emit(
      node, as: operatorName, operands, named: node.name, output: node.outputs[0])
  }

  /// A product of the integers of a left factor and the real numbers of the right one, times the scale of the left one.
  private static func scaledProduct(
    _ graph: inout GraphImport, _ node: ONNXNode, _ left: ImportedValue, _ scale: ImportedValue,
    right: (scale: Int, zeroPoint: Int), summand: Int
  ) throws(ONNXError.Problem) {
    let grid = try graph.grid(
      node, QuantizationInputs(right.scale, right.zeroPoint), axis: -1)
    let factor = try graph.realNumbers(node, 1, on: grid)
    let output = node.outputs[0]
    let product = "\(output)/product"
    try graph.emit(
      node, as: "MatMul", [left, factor], named: "\(node.name)/product", output: product)
    let scaled = node.hasInput(summand) ? "\(output)/scaled" : output
    try graph.emit(
      node, as: "Mul", [try graph.value(product), scale],
      named: scaled == output ? node.name : "\(node.name)/scaled", output: scaled)
    guard scaled != output else { return }
    try graph.emit(
      node, as: "Add", [try graph.value(scaled), try graph.value(node, summand)],
      named: node.name, output: output)
  }
}
