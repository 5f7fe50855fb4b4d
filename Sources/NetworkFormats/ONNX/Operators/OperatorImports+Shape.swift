import ConvolutionalNetworks

/// Operators that compute shapes, never features.
extension OperatorImports {
  static let shapes: [String: OperatorImport] = [
    "Shape": shape, "Size": size, "ConstantOfShape": constantOfShape, "Range": range,
  ]

  private static func shape(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let start = try node.int("start", default: 0)
    let shape = try shape(&graph, of: graph.value(node, 0), start: start, end: node.int("end"))
    try graph.define(node.outputs[0], shape)
  }

  private static func size(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let shape = try shape(&graph, of: graph.value(node, 0))
    try graph.define(node.outputs[0], graph.computed(.product, [shape], isInteger: true))
  }

  private static func shape(
    _ graph: inout GraphImport, of value: ImportedValue, start: Int = 0, end: Int? = nil
  ) throws(ONNXError.Problem) -> ShapeNumbers {
    let all: ShapeNumbers
    switch value {
    case .feature(let feature, _):
      return ShapeNumbers(shapeOf: feature, start: start, end: end)
    case .constant(let tensor): all = .integers(tensor.shape)
    case .numbers(let numbers): all = try graph.computed(.extents, [numbers], isInteger: true)
    }
    let bounds = [start, end ?? Int.max].map { ShapeNumbers.integers([$0]) }
    return try graph.computed(.slice, [all] + bounds, isInteger: true)
  }

  private static func constantOfShape(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard let shape = try graph.numbers(node, 0) else { throw .missingInput(position: 0) }
    var number = 0.0
    var isInteger = false
    if let tensor = try node.tensor("value") {
      let value = try graph.decode(tensor)
      guard let array = value.numbers?.constant, array.numbers.count == 1 else {
        throw .invalidAttribute("value", reason: "it must be one number")
      }
      number = array.numbers[0]
      isInteger = value.isInteger
    }
    // Such as weights left out of a file, which are needed as floats.
    if !isInteger, let extents = shape.constant, let count = filledCount(extents) {
      try graph.take(count)
      let tensor = Tensor(shape: extents.numbers.map { Int($0) }, repeating: Float(number))
      return try graph.define(node.outputs[0], .constant(tensor))
    }
    try graph.define(
      node.outputs[0], graph.computed(.fill(number), [shape], isInteger: isInteger))
  }

  /// The number of elements of a shape; `nil` for an impossible one, and for one without elements.
  private static func filledCount(_ extents: NumberArray) -> Int? {
    guard extents.numbers.count <= KnownShapes.mostAxes,
      extents.numbers.allSatisfy({ $0 >= 1 && $0 == $0.rounded() })
    else { return nil }
    return Int(exactly: extents.numbers.reduce(1, *))
  }

  private static func range(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    var bounds: [ShapeNumbers] = []
    for position in 0..<3 {
      guard let bound = try graph.numbers(node, position) else {
        throw .missingInput(position: position)
      }
      bounds.append(bound)
    }
    let isInteger = bounds.allSatisfy(\.isInteger)
    try graph.define(node.outputs[0], graph.computed(.range, bounds, isInteger: isInteger))
  }
}
