extension NeuralNetwork {
  /// The logical shape of every value, and every operation resolved, for the shapes of the inputs.
  ///
  /// - Parameter inputShapes: logical shapes by input name.
  /// - Parameter needed: the layers to look at, in order; all of them unless given.
  /// - Parameter memoryLimit: the bytes that no value may take more of.
  /// - Throws: `VisualizationError` naming the layer whose rule the shapes break, or telling the memory that a value would
  ///   take.
  /// - Complexity: O(layers) in the number of layers.
  package func inferShapes(
    _ inputShapes: [String: [Int]], for needed: [Int]? = nil, memoryLimit: Int = .max
  ) throws(VisualizationError) -> (shapes: [String: [Int]], operations: [Int: any LayerOperation]) {
    var known = KnownShapes(inputShapes)
    for (name, shape) in inputShapes.sorted(by: { $0.key < $1.key }) {
      try Self.checkMemory(of: shape, memoryLimit)
      guard shape.count <= KnownShapes.mostAxes, Int(elementsOf: shape) != nil else {
        let declared = inputs.first { $0.name == name }?.presentedShape ?? []
        throw .invalidInput(name: name, declared: declared, actual: shape)
      }
    }
    var operations: [Int: any LayerOperation] = [:]
    for position in needed ?? Array(layers.indices) {
      let layer = layers[position]
      var inputs: [[Int]] = []
      for input in layer.inputs {
        guard let shape = known.shapes[input] else { throw .missingInput(name: input) }
        inputs.append(shape)
      }
      let outputs: [[Int]]
      do throws(ShapeError) {
        let operation = try known.resolve(layer)
        outputs = try operation.outputShapes(for: inputs, layout: layer.layout ?? layout)
        operations[position] = operation
        for (value, shape) in zip(layer.outputs, outputs) { try known.add(shape, of: value) }
      } catch {
        throw .invalidShape(
          layer: layer.name, operation: layer.operation.kind, inputs: inputs, reason: error.reason)
      }
      for shape in outputs { try Self.checkMemory(of: shape, memoryLimit) }
    }
    return (known.shapes, operations)
  }

  private static func checkMemory(of shape: [Int], _ limit: Int) throws(VisualizationError) {
    let bytes = (Int(elementsOf: shape.map { max($0, 0) }) ?? .max).floatBytes
    guard bytes <= limit else { throw .tooMuchMemory(needed: bytes, limit: limit) }
  }

  /// The positions of the layers that `values` depend on, in order, and of no others.
  ///
  /// Shape expressions count as dependencies: the shape of a value is known once its layer is inferred.
  package func ancestors(of values: [String]) -> [Int] {
    var needed = Set<Int>()
    var pending = values.compactMap { producers[$0]?.layer }
    while let position = pending.popLast() {
      guard needed.insert(position).inserted else { continue }
      let layer = layers[position]
      let read = layer.inputs + layer.operation.valuesWhoseShapesMatter
      pending.append(contentsOf: read.compactMap { producers[$0]?.layer })
    }
    return needed.sorted()
  }

  /// The logical shapes of the inputs, from shapes that are handed in channels last.
  ///
  /// - Throws: `VisualizationError` for inputs that are missing or contradict the declared shape.
  ///   Height and width may differ from those declared: whether that works, the layers decide.
  package func logicalInputShapes(_ presented: [String: [Int]]) throws(VisualizationError)
    -> [String:
    [Int]]
  {
    var result: [String: [Int]] = [:]
    for input in inputs {
      guard let shape = presented[input.name] else { continue }
      let declared = input.presentedShape
      // Only the channels of a feature map are binding; a file's batch and size are those of an example.
      let fits = zip(declared, shape).enumerated().allSatisfy { axis, pair in
        let binding = axis > 0 && (input.channelAxis == nil || axis == declared.count - 1)
        return !binding || pair.0 == nil || pair.0 == pair.1
      }
      guard declared.isEmpty || declared.count == shape.count, fits,
        shape.allSatisfy({ $0 > 0 })
      else {
        throw .invalidInput(name: input.name, declared: declared, actual: shape)
      }
      result[input.name] = input.logicalShape(ofPresented: shape)
    }
    return result
  }
}

extension LayerOperation {
  /// The shape arithmetic in the operation's attributes.
  package var expressions: [ShapeExpression] {
    switch self {
    case let reshape as Reshape: [reshape.shape]
    case let pad as Pad: [pad.amounts]
    case let tile as Tile: [tile.repeats]
    case let expand as Expand: [expand.shape]
    case let gather as Gather: [gather.positions]
    case let constant as ShapeConstant: [constant.numbers]
    case let slice as Slice:
      [slice.starts, slice.ends, slice.axes, slice.steps].compactMap(\.self)
    case let resize as Resize:
      switch resize.extent {
      case .scales(let scales): [scales, resize.region].compactMap(\.self)
      case .sizes(let sizes, _): [sizes, resize.region].compactMap(\.self)
      }
    default: []
    }
  }

  /// The values whose shapes, or numbers, the operation's attributes mention.
  package var valuesWhoseShapesMatter: [String] { expressions.flatMap(\.values) }

  /// The operation with other values in the shape arithmetic of its attributes.
  func renamingValues(_ rename: (String) -> String) -> any LayerOperation {
    switch self {
    case let reshape as Reshape:
      Reshape(to: reshape.shape.renamingValues(rename), allowsZero: reshape.allowsZero)
    case let pad as Pad: Pad(pad.mode, amounts: pad.amounts.renamingValues(rename), axes: pad.axes)
    case let tile as Tile: Tile(repeats: tile.repeats.renamingValues(rename))
    case let expand as Expand: Expand(to: expand.shape.renamingValues(rename))
    case let gather as Gather:
      Gather(axis: gather.axis, positions: gather.positions.renamingValues(rename))
    case let constant as ShapeConstant: ShapeConstant(constant.numbers.renamingValues(rename))
    case let slice as Slice:
      Slice(
        starts: slice.starts.renamingValues(rename), ends: slice.ends.renamingValues(rename),
        axes: slice.axes?.renamingValues(rename), steps: slice.steps?.renamingValues(rename))
    case let resize as Resize:
      Resize(
        resize.interpolation, coordinates: resize.coordinates,
        extent: resize.extent.renamingValues(rename), axes: resize.axes,
        region: resize.region?.renamingValues(rename), extrapolation: resize.extrapolation,
        excludesOutside: resize.excludesOutside, antialiases: resize.antialiases)
    default: self
    }
  }
}

extension Resize.Extent {
  fileprivate func renamingValues(_ rename: (String) -> String) -> Self {
    switch self {
    case .scales(let scales): .scales(scales.renamingValues(rename))
    case .sizes(let sizes, let ratio): .sizes(sizes.renamingValues(rename), ratio)
    }
  }
}
