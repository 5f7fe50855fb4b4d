/// The part of a network that the taps depend on, for fixed input shapes: what a program is compiled from.
///
/// Activations fused into layers by the file are nodes of their own here, until `fuse()` puts those back
/// that a kernel applies in the same pass.
struct ProgramGraph {
  /// One operation to run.
  struct Node {
    /// The layer it comes from.
    let layer: String
    /// The axis order of its shapes.
    let layout: TensorLayout
    let operation: any LayerOperation
    let inputs: [String]
    var outputs: [String]
    var epilogue: Epilogue
    /// How gradients pass it.
    var rule = BackpropRule.ordinary
  }

  /// The axis order of the network's inputs, and of most of its values.
  let layout: TensorLayout
  /// The axis order of the values that have another.
  private var layouts: [String: TensorLayout] = [:]
  /// The logical shape of every value.
  var shapes: [String: [Int]]
  /// Where the pictures of a batch lie, by value, as far as it is known.
  private(set) var pictureAxes: [String: PictureAxis]
  /// The operations in order.
  var nodes: [Node] = []

  /// The values that must exist as such, because somebody taps them.
  let tapped: [String]

  /// The inputs that are feature maps of a channels-first network, by name.
  let mapInputs: Set<String>

  /// - Parameter memoryLimit: the bytes that no value may take more of.
  init(
    _ network: NeuralNetwork, inputShapes: [String: [Int]], tapped: [String],
    memoryLimit: Int = .max
  ) throws(VisualizationError) {
    layout = network.layout
    self.tapped = tapped
    mapInputs = Set(network.inputs.filter { $0.channelAxis == 1 }.map(\.name))
    let inferred = try network.inferShapes(
      inputShapes, for: network.ancestors(of: tapped), memoryLimit: memoryLimit)
    shapes = inferred.shapes
    pictureAxes = Self.pictureAxes(network, inputShapes, inferred.shapes, tapped: tapped)
    for position in Self.executed(network, for: tapped) {
      guard let operation = inferred.operations[position] else { continue }
      append(network.layers[position], operation)
    }
  }

  /// The layers whose results the taps are computed from, in order. Layers of which only the shape matters
  /// are not among them.
  private static func executed(_ network: NeuralNetwork, for tapped: [String]) -> [Int] {
    var needed = Set<Int>()
    var pending = tapped.compactMap { network.producers[$0]?.layer }
    while let position = pending.popLast() {
      guard needed.insert(position).inserted else { continue }
      pending.append(
        contentsOf: network.layers[position].inputs.compactMap { network.producers[$0]?.layer })
    }
    return needed.sorted()
  }

  /// The axis order of a value's shape.
  func layout(of value: String) -> TensorLayout { layouts[value] ?? layout }

  /// Adds a value of which everything but the numbers is as of another.
  mutating func add(_ value: String, like other: String) {
    shapes[value] = shapes[other]
    pictureAxes[value] = pictureAxes[other]
    layouts[value] = layouts[other]
  }

  private mutating func append(_ layer: Layer, _ operation: any LayerOperation) {
    if let own = layer.layout, own != layout {
      for value in layer.outputs { layouts[value] = own }
    }
    if let reduction = operation as? Reduction, !reduction.keepsAxes {
      appendSqueezed(layer, reduction)
      return
    }
    let activation: ActivationFunction
    var operation = operation
    let bias: Tensor?
    switch operation {
    case let convolution as Convolution:
      (activation, bias) = (convolution.activation, convolution.bias)
    case let dense as Dense: (activation, bias) = (dense.activation, dense.bias)
    case let transposed as TransposedConvolution: (activation, bias) = (.linear, transposed.bias)
    case let stage as Activation where stage.function == .linear:
      operation = Identity()
      (activation, bias) = (.linear, nil)
    default: (activation, bias) = (.linear, nil)
    }
    let layout = layer.layout ?? layout
    var node = Node(
      layer: layer.name, layout: layout, operation: operation, inputs: layer.inputs,
      outputs: layer.outputs,
      epilogue: bias.map { Epilogue(bias: $0) } ?? .none)
    guard activation != .linear else {
      nodes.append(node)
      return
    }
    // A value name with a line feed cannot come from a file's layer, which would be one line.
    let linear = layer.outputs[0] + "\nbefore activation"
    add(linear, like: layer.outputs[0])
    node.outputs = [linear]
    nodes.append(node)
    nodes.append(
      Node(
        layer: layer.name, layout: layout, operation: Activation(activation), inputs: [linear],
        outputs: layer.outputs, epilogue: .none))
  }

  /// Drops the axes of a reduction by a view of their own: without them a feature map would have to be copied
  /// into the logical order first.
  private mutating func appendSqueezed(_ layer: Layer, _ reduction: Reduction) {
    let layout = layer.layout ?? layout
    let input = shapes[layer.inputs[0]] ?? []
    let kept = layer.outputs[0] + "\nwith its axes"
    guard let reduced = try? reduction.reducedAxes(rank: input.count) else { return }
    add(kept, like: layer.inputs[0])
    shapes[kept] = input.indices.map { reduced.contains($0) ? 1 : input[$0] }
    nodes.append(
      Node(
        layer: layer.name, layout: layout,
        operation: Reduction(reduction.operator, axes: reduction.axes),
        inputs: layer.inputs, outputs: [kept], epilogue: .none))
    nodes.append(
      Node(
        layer: layer.name, layout: layout, operation: Squeeze(axes: reduced.sorted()),
        inputs: [kept],
        outputs: layer.outputs, epilogue: .none))
  }

  /// The shape of a feature map as it lies in memory and is handed out.
  func presentedShape(_ shape: [Int], _ layout: TensorLayout) -> [Int] {
    layout == .channelsFirst ? Arrangement.channelsLast.place(shape) : shape
  }

  /// Puts batch normalizations and activations into the pass of the operation before them.
  ///
  /// A value that is tapped or read by a second operation stays as it is, and so does what gradients do not pass the
  /// ordinary way.
  mutating func fuse() {
    let uses = ValueUses(self)
    var fused: [Node] = []
    var writer: [String: Int] = [:]
    for node in nodes {
      if let position = node.inputs.first.flatMap({ writer[$0] }),
        uses.isPrivate(node.inputs[0]), node.rule.isOrdinary, fused[position].rule.isOrdinary,
        let operation = fused[position].operation as? any EpilogueFusing,
        operation.fuses(node.operation, inputs: fused[position].inputs.map { shapes[$0] ?? [] }),
        let epilogue = fused[position].epilogue.followed(by: node.operation)
      {
        fused[position].epilogue = epilogue
        fused[position].outputs = node.outputs
        writer[node.outputs[0]] = position
        continue
      }
      for output in node.outputs { writer[output] = fused.count }
      fused.append(node)
    }
    nodes = fused
  }
}

extension Epilogue {
  fileprivate func followed(by operation: any LayerOperation) -> Epilogue? {
    switch operation {
    case let normalization as BatchNormalization: followed(by: normalization)
    case let activation as Activation: followed(by: activation.function)
    default: nil
    }
  }
}
