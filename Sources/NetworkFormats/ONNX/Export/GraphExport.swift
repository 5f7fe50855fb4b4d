internal import ConvolutionalNetworks
internal import Foundation

/// Writes down a network's layers as ONNX nodes.
///
/// ONNX has channels before height and width. A network with channels last, as Keras writes them, is turned
/// round value by value: a feature map is there in ONNX's order, the *map form*, or in the network's own, the
/// *logical form*, and is transposed where a layer needs the other. In a network with channels first both are
/// the same.
struct GraphExport {
  let network: NeuralNetwork
  /// The layer at hand, for errors.
  private(set) var layer: String?
  private(set) var proto = ONNXGraphProto()

  private let samples: ShapeSamples
  /// The names of each value in ONNX, by form.
  private var names: [String: [Form: String]] = [:]
  private var taken: Set<String> = []

  enum Form { case logical, map }

  init(_ network: NeuralNetwork) throws(ONNXExportError.Problem) {
    self.network = network
    samples = try ShapeSamples(of: network)
    proto.name = "network"
    taken = Set(network.layers.flatMap(\.outputs) + network.inputs.map(\.name))
  }

  /// Adds every input, layer and output.
  mutating func run() throws(ONNXExportError.Problem) {
    for input in network.inputs { addInput(input) }
    for (position, layer) in network.layers.enumerated() {
      self.layer = layer.name
      guard layer.layout == nil || layer.layout == network.layout else {
        throw .unsupported("a network joined with one of another order of axes")
      }
      guard let operation = samples.operation(at: position) as? any ONNXExported else {
        throw .unsupported(layer.operation.kind)
      }
      try operation.export(layer, to: &self)
    }
    layer = nil
    for output in network.outputs { addOutput(output) }
  }

  // MARK: Values

  /// The number of axes of a value.
  func rank(of value: String) -> Int { samples.shape(of: value).count }

  /// The logical shape of a value for one picture.
  func shape(of value: String) -> [Int] { samples.shape(of: value) }

  /// The channels of a feature map.
  func channelCount(of value: String) -> Int {
    let shape = shape(of: value)
    return shape[network.layout.channelAxis(rank: shape.count)]
  }

  /// Whether a value is, or may become, a feature map whose axes ONNX orders otherwise.
  private func isTurned(_ value: String) -> Bool {
    network.layout == .channelsLast && rank(of: value) >= 3
  }

  /// The form that a value is there in; the map form where it is there in both.
  func form(of value: String) -> Form {
    names[value]?[.map] != nil ? .map : .logical
  }

  /// The name of a value in a form, which is made by transposing where it is not there yet.
  mutating func read(_ value: String, _ form: Form) -> String {
    let form = isTurned(value) ? form : .logical
    if let name = names[value]?[form] { return name }
    let rank = rank(of: value)
    let other = names[value]?[form == .map ? .logical : .map] ?? value
    let permutation =
      form == .map ? [0, rank - 1] + (1..<(rank - 1)) : [0] + Array(2..<rank) + [1]
    let name = unused("\(value)/\(form == .map ? "channels_first" : "channels_last")")
    add("Transpose", [other], [name], ["perm": .ints(permutation)])
    names[value, default: [:]][form] = name
    return name
  }

  /// Says that the layer writes its output in this form, and returns its name.
  mutating func write(_ value: String, _ form: Form) -> String {
    names[value, default: [:]][isTurned(value) ? form : .logical] = value
    return value
  }

  /// The position of a logical axis of a value in a form.
  func axis(_ axis: Int, of value: String, _ form: Form) -> Int {
    let rank = rank(of: value)
    let logical = axis < 0 ? axis + rank : axis
    guard form == .map, isTurned(value) else { return logical }
    return logical == 0 ? 0 : logical == rank - 1 ? 1 : logical + 1
  }

  /// A tensor that is broadcast against the logical shape of a value, for a form of the value.
  func broadcast(_ tensor: Tensor, against value: String, _ form: Form) -> Tensor {
    let rank = rank(of: value)
    guard form == .map, isTurned(value), tensor.rank <= rank else { return tensor }
    let padded = tensor.reshaped(
      to: Array(repeating: 1, count: rank - tensor.rank) + tensor.shape)
    return padded.transposed([0, rank - 1] + (1..<(rank - 1)))
  }

  /// The numbers that an expression of the layer stands for, whatever the shape of the inputs.
  ///
  /// - Throws: `.unsupported` where they follow from the inputs' shape.
  func numbers(_ layer: Layer, _ expression: (any LayerOperation) -> ShapeExpression?)
    throws(ONNXExportError.Problem) -> NumberArray?
  {
    try samples.fixed(layer.name, expression)
  }

  /// The shapes that a Reshape asks for, with 0 where an extent is kept and −1 where it follows.
  func reshaping(_ layer: Layer) throws(ONNXExportError.Problem) -> [Int] {
    try samples.reshaping(layer)
  }

  // MARK: Nodes

  /// A name that nothing has yet.
  mutating func unused(_ name: String) -> String {
    var candidate = name
    var number = 1
    while !taken.insert(candidate).inserted {
      candidate = "\(name)_\(number)"
      number += 1
    }
    return candidate
  }

  mutating func add(
    _ operatorName: String, _ inputs: [String], _ outputs: [String],
    _ attributes: KeyValuePairs<String, ONNXAttribute> = [:]
  ) {
    add(operatorName, inputs, outputs, list: attributes.map { ($0.key, $0.value) })
  }

  mutating func add(
    _ operatorName: String, _ inputs: [String], _ outputs: [String],
    list attributes: [(String, ONNXAttribute)]
  ) {
    proto.node.append(
      ONNXNodeProto.with {
        $0.opType = operatorName
        $0.name = outputs[0]
        $0.input = inputs
        $0.output = outputs
        $0.attribute = attributes.map { $0.1.proto(named: $0.0) }
      })
  }

  /// Adds numbers that are there from the beginning, and returns their name.
  mutating func initializer(_ name: String, _ tensor: Tensor) -> String {
    let name = unused(name)
    proto.initializer.append(ONNXTensorProto(name, tensor))
    return name
  }

  /// Adds a tensor under its name or a like one, and returns that.
  mutating func initializer(_ tensor: ONNXTensorProto) -> String {
    var tensor = tensor
    tensor.name = unused(tensor.name)
    proto.initializer.append(tensor)
    return tensor.name
  }

  /// Adds integers, a vector unless told otherwise, and returns their name.
  mutating func initializer(_ name: String, integers: [Int], shape: [Int]? = nil) -> String {
    let name = unused(name)
    proto.initializer.append(
      ONNXTensorProto(name, integers: integers, shape: shape ?? [integers.count]))
    return name
  }

  private mutating func addInput(_ input: NetworkInput) {
    let isMap = input.channelAxis != nil && isTurned(input.name)
    var extents = input.shape
    if isMap {
      extents = [extents[0], extents[extents.count - 1]] + extents[1..<(extents.count - 1)]
    }
    names[input.name] = [isMap ? .map : .logical: input.name]
    proto.input.append(ONNXValueInfoProto(input.name, extents))
  }

  private mutating func addOutput(_ output: String) {
    let form = form(of: output)
    // An output keeps the layer's name, by which it is found again.
    let shape = samples.extents(of: output)
    let name = read(output, form)
    var extents = shape
    if form == .map, isTurned(output) {
      extents = [shape[0], shape[shape.count - 1]] + shape[1..<(shape.count - 1)]
    }
    proto.output.append(ONNXValueInfoProto(name, extents))
  }
}
