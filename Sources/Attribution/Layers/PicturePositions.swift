import FeatureVisualization

/// Where a picture's rows and columns are among the axes of a network's values.
///
/// They are followed from the input through every layer. Where an operation puts them into an order that is not followed,
/// such as the shifted windows of a Swin block, they are lost, and found again where its result is added to a value that has
/// them.
struct PicturePositions {
  let network: NeuralNetwork
  /// The layers that the objective depends on, in order.
  let layers: [Int]
  /// Their operations with their shape arithmetic done, by position.
  let operations: [Int: any LayerOperation]
  /// The pictures that shapes are for: two, so that their axis is told from others, or one where the network takes no more.
  let pictureCount: Int
  /// The logical shapes of values for as many pictures.
  let shapes: [String: [Int]]
  /// What lies along the logical axes of values that depend on the picture.
  private(set) var axes: [String: [AxisContent]] = [:]
  /// How values are handed out: feature maps of a channels-first network with their channels last.
  private var arrangements: [String: Arrangement] = [:]

  /// Follows the pictures of a question to what its objective looks at.
  ///
  /// - Throws: `VisualizationError` where the network cannot take such pictures.
  init(_ question: AttributionQuestion) throws(VisualizationError) {
    network = question.network
    let own = try PictureInput(of: network, heldInputs: question.heldInputs, pictureCount: 1)
    let (input, form) = (own.input, own.form)
    let given = question.picture.shape
    let size =
      form.declaredSize ?? PictureSize(height: given[1], width: given[2], channels: form.channels)
    var values: [String] = []
    for layer in question.objective.tappedLayers {
      values.append(try network.value(of: layer))
    }
    layers = network.ancestors(of: values)
    if let logical = try? network.logicalInputShapes(own.inputShapes(size, rows: [0, 0])),
      let two = try? network.inferShapes(logical, for: layers)
    {
      pictureCount = 2
      (shapes, operations) = two
    } else {
      pictureCount = 1
      (shapes, operations) = try network.inferShapes(
        try network.logicalInputShapes(own.inputShapes(size, rows: [0])), for: layers)
    }
    axes[input.name] = Self.axes(of: input, form, size, shapes[input.name] ?? [])
    for input in network.inputs where network.layout == .channelsFirst && input.channelAxis == 1 {
      arrangements[input.name] = .channelsLast
    }
    for position in layers {
      let layer = network.layers[position]
      for value in layer.outputs { arrangements[value] = arrangement(of: layer, writing: value) }
      guard let operation = operations[position],
        layer.inputs.contains(where: { axes[$0] != nil })
      else { continue }
      let step = AxisStep(
        operation: operation, layout: layer.layout ?? network.layout,
        inputShapes: layer.inputs.map { shapes[$0] ?? [] },
        inputs: layer.inputs.map { value in
          axes[value] ?? (shapes[value] ?? []).map { AxisContent.other($0) }
        },
        outputShapes: layer.outputs.map { shapes[$0] ?? [] })
      for (value, content) in zip(layer.outputs, step.outputs) { axes[value] = content }
    }
  }

  /// How a value makes a map, as it is handed out; `nil` where it makes none.
  func grid(ofValue value: String) -> PositionGrid? {
    guard let content = axes[value], let shape = shapes[value], content.count == shape.count else {
      return nil
    }
    let permutation = (arrangements[value] ?? .logical).permutation(rank: shape.count)
    return PositionGrid(
      permutation.map { content[$0] }, shape: permutation.map { shape[$0] },
      pictureCount: pictureCount)
  }

  /// The shape of a value for one picture, for errors.
  func shapeOfOnePicture(_ value: String) -> [Int] {
    let shape = shapes[value] ?? []
    guard let first = shape.first, axes[value]?.first?.parts.first?.dimension == .pictures else {
      return shape
    }
    return [first / pictureCount] + shape.dropFirst()
  }

  /// How a value is handed out, by the rules that programs follow.
  private func arrangement(of layer: Layer, writing value: String) -> Arrangement {
    let rank = shapes[value]?.count ?? 0
    guard (layer.layout ?? network.layout) == .channelsFirst, rank >= 3 else { return .logical }
    let read = layer.inputs.filter { shapes[$0]?.count == rank }.map {
      arrangements[$0] ?? .logical
    }
    if let transpose = layer.operation as? Transpose {
      return transpose.makesFeatureMap && read.first == .logical ? .channelsLast : .logical
    }
    switch (layer.operation as? any ArrangedOperation)?.arrangementRule ?? .logical {
    case .logical: return .logical
    case .channelsLast: return .channelsLast
    case .following: return read.contains(.channelsLast) ? .channelsLast : .logical
    }
  }

  private static func axes(
    of input: NetworkInput, _ form: InputForm, _ size: PictureSize, _ shape: [Int]
  ) -> [AxisContent] {
    let (rows, columns) = (
      AxisContent.whole(.rows, size.height), AxisContent.whole(.columns, size.width)
    )
    var result = shape.map { AxisContent.other($0) }
    if let count = shape.first { result[0] = .whole(.pictures, count) }
    let channelAxis = input.channelAxis ?? shape.count - 1
    let free = shape.indices.filter { $0 != 0 && $0 != channelAxis }
    switch form.kind {
    case .map where free.count == 2: (result[free[0]], result[free[1]]) = (rows, columns)
    case .plane where shape.count == 3:
      let exchanged = form.inputShape(size, count: 1)[1] != size.height
      (result[1], result[2]) = exchanged ? (columns, rows) : (rows, columns)
    case .signal where free.count == 1: result[free[0]] = columns
    case .vector where shape.count == 2:
      result[1] = AxisContent(
        merging: rows.parts + columns.parts + AxisContent.other(size.channels).parts)
    default: break
    }
    return result
  }
}

extension Objective {
  /// The layers whose outputs its losses look at.
  var tappedLayers: [LayerID] {
    var layers: [LayerID] = []
    for term in terms where term.role == .objective {
      for case .layer(let layer) in term.loss.subjects.map(\.source) where !layers.contains(layer) {
        layers.append(layer)
      }
    }
    return layers
  }
}
