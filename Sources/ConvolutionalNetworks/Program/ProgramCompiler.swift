/// Turns a graph into steps: places every value in memory order, inserts the copies that change the order,
/// and makes a kernel for each operation.
struct ProgramCompiler {
  /// A value as it lies in memory.
  struct Buffer {
    /// The shape as it lies.
    let shape: [Int]
    let arrangement: Arrangement
    /// The buffer whose memory it shares, for views.
    var aliased: Int?
    /// Whether it depends on an input whose gradient is wanted.
    var needsGradient: Bool
    /// Whether it depends on no input at all.
    var isConstant: Bool

    var count: Int { shape.reduce(1, *) }
  }

  /// A kernel and the buffers it works on.
  struct Step {
    let layer: String
    let kernel: any Kernel
    let inputs: [Int]
    let outputs: [Int]
  }

  let graph: ProgramGraph
  private let arithmetic: Program.Arithmetic
  private let backpropModifier: (any BackpropModifier)?
  private(set) var buffers: [Buffer] = []
  var steps: [Step] = []
  /// The buffer of each value by name.
  var placed: [String: Int] = [:]
  private var copies: [CopyKey: Int] = [:]

  private struct CopyKey: Hashable {
    let buffer: Int
    let rank: Int
    let arrangement: Arrangement
  }

  init(_ graph: ProgramGraph, options: Program.Options) {
    self.graph = graph
    arithmetic = options.arithmetic
    backpropModifier = options.backpropModifier
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

  /// Adds the steps of every node of the graph.
  mutating func compile() throws(NetworkError) {
    for node in graph.nodes {
      let logical = node.inputs.map { graph.shapes[$0] ?? [] }
      do throws(ShapeError) {
        try compile(node, logicalInputs: logical)
      } catch {
        throw .invalidShape(
          layer: node.layer, operation: node.operation.kind, inputs: logical, reason: error.reason)
      }
    }
  }

  private mutating func compile(_ node: ProgramGraph.Node, logicalInputs: [[Int]])
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
    let arrangement = arrangement(for: operation, inputs: sources, outputShapes: outputShapes)
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
    guard let operation = operation as? any CompilableOperation else {
      throw ShapeError("the engine has no kernel for it")
    }
    let outputs = outputShapes.map { shape in
      add(
        Buffer(
          shape: arrangement.place(shape), arrangement: arrangement,
          needsGradient: inputs.contains { buffers[$0].needsGradient },
          isConstant: inputs.allSatisfy { buffers[$0].isConstant }))
    }
    let kernel = try operation.makeKernel(
      KernelContext(
        inputs: inputs.map { buffers[$0].shape }, outputs: outputs.map { buffers[$0].shape },
        arrangement: arrangement, logicalInputs: logicalInputs, layout: graph.layout,
        epilogue: node.epilogue, arithmetic: arithmetic, backpropModifier: backpropModifier))
    steps.append(Step(layer: node.layer, kernel: kernel, inputs: inputs, outputs: outputs))
    for (name, buffer) in zip(node.outputs, outputs) { placed[name] = buffer }
  }

  private func arrangement(
    for operation: any ArrangedOperation, inputs: [Int], outputShapes: [[Int]]
  ) -> Arrangement {
    guard graph.layout == .channelsFirst, let rank = outputShapes.first?.count, rank >= 3 else {
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
      steps.append(
        Step(
          layer: "", kernel: TranspositionKernel(shape: from, permutation: permutation),
          inputs: [source], outputs: [result]))
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
