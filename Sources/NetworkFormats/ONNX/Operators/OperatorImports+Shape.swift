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
    let shape = try shape(of: graph.value(node, 0), start: start, end: node.int("end"))
    try graph.define(node.outputs[0], shape)
  }

  private static func size(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let shape = try shape(of: graph.value(node, 0))
    try graph.define(node.outputs[0], ShapeNumbers(.product, [shape], isInteger: true))
  }

  private static func shape(of value: ImportedValue, start: Int = 0, end: Int? = nil)
    throws(ONNXError.Problem) -> ShapeNumbers
  {
    let all: ShapeNumbers
    switch value {
    case .feature(let feature, _):
      return ShapeNumbers(shapeOf: feature, start: start, end: end)
    case .constant(let tensor): all = .integers(tensor.shape)
    case .numbers(let numbers): all = try ShapeNumbers(.extents, [numbers], isInteger: true)
    }
    let bounds = [start, end ?? Int.max].map { ShapeNumbers.integers([$0]) }
    return try ShapeNumbers(.slice, [all] + bounds, isInteger: true)
  }

  private static func constantOfShape(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard let shape = try graph.numbers(node, 0) else { throw .missingInput(position: 0) }
    var number = 0.0
    var isInteger = false
    if let tensor = try node.tensor("value") {
      var decoder = TensorDecoder()
      let value = try decoder.decode(tensor)
      guard let array = value.numbers?.constant, array.numbers.count == 1 else {
        throw .invalidAttribute("value", reason: "it must be one number")
      }
      number = array.numbers[0]
      isInteger = value.isInteger
    }
    if !isInteger, let extents = shape.constant?.numbers, let tensor = filled(extents, with: number)
    {
      return try graph.define(node.outputs[0], .constant(tensor))
    }
    try graph.define(node.outputs[0], ShapeNumbers(.fill(number), [shape], isInteger: isInteger))
  }

  /// A tensor of equal numbers, such as weights left out of a file; `nil` for an impossible shape.
  private static func filled(_ extents: [Double], with number: Double) -> Tensor? {
    guard extents.allSatisfy({ $0 >= 1 && $0 == $0.rounded() }), extents.reduce(1, *) <= 0x1p28
    else { return nil }
    return Tensor(shape: extents.map { Int($0) }, repeating: Float(number))
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
    try graph.define(node.outputs[0], ShapeNumbers(.range, bounds, isInteger: isInteger))
  }
}
