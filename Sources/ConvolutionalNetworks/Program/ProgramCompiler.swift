/// Turns a graph into steps: places every value in memory order, inserts the copies that change the order,
/// lets concatenated values be written in place, and makes a kernel for each operation.
struct ProgramCompiler {
  let graph: ProgramGraph
  private let arithmetic: Program.Arithmetic
  private let denseWeights: Program.WeightPrecision
  var buffers: [Buffer] = []
  var drafts: [Draft] = []
  private(set) var steps: [Step] = []
  /// The buffer of each value by name.
  var placed: [String: Int] = [:]
  /// The `Float`s that kernels hold for themselves.
  private(set) var heldCount = 0
  private let memoryLimit: Int
  private var copies: [CopyKey: Int] = [:]
  /// The values through which no gradient passes where they are 0.
  private let closedValues: Set<String>

  private struct CopyKey: Hashable {
    let buffer: Int
    let rank: Int
    let arrangement: Arrangement
  }

  /// - Parameter memoryLimit: the bytes that kernels may hold for themselves.
  init(_ graph: ProgramGraph, options: Program.Options, memoryLimit: Int = .max) {
    self.graph = graph
    self.memoryLimit = memoryLimit
    closedValues = graph.valuesClosedAtZero
    arithmetic = options.arithmetic
    denseWeights = options.denseWeights
  }

  /// Gives an input of the network its buffer.
  mutating func addInput(_ input: NetworkInput, shape: [Int], needsGradient: Bool) {
    let isMap = graph.layout == .channelsFirst && input.channelAxis == 1 && shape.count >= 3
    let arrangement: Arrangement = isMap ? .channelsLast : .logical
    placed[input.name] = add(
      Buffer(
        shape: arrangement.place(shape), arrangement: arrangement, needsGradient: needsGradient,
        isConstant: false))
  }

  /// Says how every value of the graph lies.
  mutating func placeValues() throws(VisualizationError) {
    for node in graph.nodes {
      try naming(node) { (compiler, logicalInputs) throws(ShapeError) in
        try compiler.place(node, logicalInputs: logicalInputs)
      }
    }
  }

  /// Adds the steps of every node of the graph.
  mutating func compile() throws(VisualizationError) {
    try placeValues()
    placeConcatenatedValues()
    for draft in drafts { try finish(draft) }
  }

  /// Lets an error name the layer at fault.
  private mutating func naming(
    _ node: ProgramGraph.Node, _ body: (inout Self, [[Int]]) throws(ShapeError) -> Void
  ) throws(VisualizationError) {
    let logical = node.inputs.map { graph.shapes[$0] ?? [] }
    do throws(ShapeError) {
      try body(&self, logical)
    } catch {
      throw .invalidShape(
        layer: node.layer, operation: node.operation.kind, inputs: logical, reason: error.reason)
    }
  }

  private mutating func place(_ node: ProgramGraph.Node, logicalInputs: [[Int]])
    throws(ShapeError)
  {
    guard let operation = node.operation as? any ArrangedOperation else {
      throw ShapeError("the engine has no kernel for it")
    }
    let sources = node.inputs.compactMap { placed[$0] }
    if let transpose = operation as? Transpose {
      transposeValue(node, transpose.axes(rank: logicalInputs[0].count), source: sources[0])
      return
    }
    let outputShapes = node.outputs.map { graph.shapes[$0] ?? [] }
    let arrangement = arrangement(
      for: operation, node.layout, inputs: sources, outputShapes: outputShapes)
    let follows = operation.arrangementRule == .following
    var inputs: [Int] = []
    for (source, shape) in zip(sources, logicalInputs) {
      let rank = follows ? max(shape.count, outputShapes[0].count) : shape.count
      inputs.append(arranged(source, logicalShape: shape, rank: rank, arrangement))
    }
    if operation is any ViewOperation, let input = inputs.first {
      let shape = arrangement.place(outputShapes[0])
      placed[node.outputs[0]] = view(of: input, shape: shape, arrangement)
      return
    }
    guard operation is any CompilableOperation else {
      throw ShapeError("the engine has no kernel for it")
    }
    let outputs = outputShapes.map { shape in
      add(
        Buffer(
          shape: arrangement.place(shape), arrangement: arrangement,
          needsGradient: operation is GradientProbe
            || inputs.contains { buffers[$0].needsGradient },
          isConstant: inputs.allSatisfy { buffers[$0].isConstant }))
    }
    drafts.append(Draft(node: node, arrangement: arrangement, inputs: inputs, outputs: outputs))
    for (name, buffer) in zip(node.outputs, outputs) { placed[name] = buffer }
  }

  /// Makes a step of a draft, unless there is nothing left to do.
  private mutating func finish(_ draft: Draft) throws(VisualizationError) {
    if let kernel = draft.kernel {
      steps.append(
        Step(
          layer: draft.node?.layer ?? "", kernel: kernel, inputs: draft.inputs,
          outputs: draft.outputs))
      return
    }
    guard let node = draft.node, let operation = node.operation as? any CompilableOperation else {
      return
    }
    let inPlace = draft.inputs.map { isSlice($0, of: draft.outputs[0]) }
    if !inPlace.isEmpty, inPlace.allSatisfy({ $0 }) { return }
    let context = context(of: draft, node, inputsInPlace: inPlace)
    heldCount = heldCount.addingClamped(operation.heldCount(context))
    guard heldCount.floatBytes <= memoryLimit else {
      throw .tooMuchMemory(needed: heldCount.floatBytes, limit: memoryLimit)
    }
    try naming(node) { (compiler, _) throws(ShapeError) in
      compiler.steps.append(
        Step(
          layer: node.layer, kernel: try operation.makeKernel(context), inputs: draft.inputs,
          outputs: draft.outputs))
    }
  }

  private func context(of draft: Draft, _ node: ProgramGraph.Node, inputsInPlace: [Bool])
    -> KernelContext
  {
    KernelContext(
      inputs: draft.inputs.map { buffers[$0].shape },
      outputs: draft.outputs.map { buffers[$0].shape }, arrangement: draft.arrangement,
      logicalInputs: node.inputs.map { graph.shapes[$0] ?? [] },
      pictures: node.inputs.first.flatMap { graph.pictureAxes[$0] } ?? .first,
      inputsNeedGradients: draft.inputs.map { buffers[$0].needsGradient },
      inputClosesAtZero: node.inputs.first.map(closedValues.contains) ?? false,
      layout: node.layout, epilogue: node.epilogue, arithmetic: arithmetic,
      denseWeights: denseWeights, layer: node.layer, backpropRule: node.rule,
      outputStep: buffers[draft.outputs[0]].step, inputsInPlace: inputsInPlace)
  }

  private func arrangement(
    for operation: any ArrangedOperation, _ layout: TensorLayout, inputs: [Int],
    outputShapes: [[Int]]
  ) -> Arrangement {
    guard layout == .channelsFirst, let rank = outputShapes.first?.count, rank >= 3 else {
      return .logical
    }
    switch operation.arrangementRule {
    case .logical: return .logical
    case .channelsLast: return .channelsLast
    case .following:
      let isMap = inputs.contains {
        buffers[$0].shape.count == rank && buffers[$0].arrangement == .channelsLast
      }
      return isMap ? .channelsLast : .logical
    }
  }

  /// The buffer of the same value with `rank` axes (1s before) in another arrangement.
  private mutating func arranged(
    _ source: Int, logicalShape: [Int], rank: Int, _ arrangement: Arrangement
  ) -> Int {
    let current = buffers[source]
    guard current.arrangement != arrangement || current.shape.count != rank else { return source }
    let key = CopyKey(buffer: source, rank: rank, arrangement: arrangement)
    if let copy = copies[key] { return copy }
    let padded = Array(repeating: 1, count: rank - logicalShape.count) + logicalShape
    // From the order in memory back to the logical one, and on to the one wanted.
    let lead = rank - logicalShape.count
    let inMemory =
      Array(0..<lead)
      + current.arrangement.permutation(rank: logicalShape.count).map { $0 + lead }
    let permutation = arrangement.permutation(rank: rank).map { axis in
      inMemory.firstIndex(of: axis) ?? axis
    }
    let from = inMemory.map { padded[$0] }
    let result: Int
    if isView(from, permutation) {
      result = view(of: source, shape: arrangement.place(padded), arrangement)
    } else {
      result = add(
        Buffer(
          shape: arrangement.place(padded), arrangement: arrangement,
          needsGradient: current.needsGradient, isConstant: current.isConstant))
      drafts.append(
        Draft(
          node: nil, kernel: TranspositionKernel(shape: from, permutation: permutation),
          arrangement: arrangement, inputs: [source], outputs: [result]))
    }
    copies[key] = result
    return result
  }

  /// Whether a permutation moves only axes of extent 1, so that nothing moves in memory.
  func isView(_ shape: [Int], _ permutation: [Int]) -> Bool {
    let moved = permutation.filter { shape[$0] != 1 }
    return moved == moved.sorted()
  }

  mutating func view(of source: Int, shape: [Int], _ arrangement: Arrangement) -> Int {
    add(
      Buffer(
        shape: shape, arrangement: arrangement, aliased: buffers[source].aliased ?? source,
        needsGradient: buffers[source].needsGradient, isConstant: buffers[source].isConstant))
  }

  mutating func add(_ buffer: Buffer) -> Int {
    buffers.append(buffer)
    return buffers.count - 1
  }
}
