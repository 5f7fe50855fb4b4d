/// An expression compiled for the shapes of what it reads: its nodes in an order in which each comes after its operands.
///
/// One pass forward computes every node once, one pass back every gradient that somebody wants.
struct Tape: Sendable {
  struct Node: Sendable {
    let source: Source
    let operands: [Int]
    let count: Int
    let passesGradient: Bool
    /// Where in the memory of an evaluation its numbers lie. Tapped tensors, constants and views lie elsewhere.
    let valuePlace: Int?
    let gradientPlace: Int?
    let statePlace: Int
  }

  /// Where a node's value comes from.
  enum Source: Sendable {
    case subject(Int)
    case loss(any Loss, subjects: [Int])
    case constant(Tensor)
    case number(Schedule)
    case shareOfBatch
    case kernel(any TensorKernel)
    /// The operand's memory under another shape.
    case view
  }

  /// The last is the result, `[N]`.
  let nodes: [Node]
  let pictureCount: Int
  /// The numbers that an evaluation takes.
  let size: Int
  private let pool: TapePool

  init(nodes: [Node], pictureCount: Int, size: Int) {
    (self.nodes, self.pictureCount, self.size) = (nodes, pictureCount, size)
    pool = TapePool()
  }

  /// The result for each picture.
  func values(_ tensors: TappedTensors) -> [Float] {
    let memory = pool.take(for: self)
    defer { pool.give(memory) }
    computeAll(tensors, memory)
    return Array(UnsafeBufferPointer(start: memory.values[nodes.count - 1], count: pictureCount))
  }

  /// Adds `scales[n]` times the gradient of the result for picture n, for each n.
  func addGradients(
    of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
  ) {
    let memory = pool.take(for: self)
    defer { pool.give(memory) }
    prepareGradients(gradients, memory)
    guard let result = memory.gradients[nodes.count - 1] else { return }
    computeAll(tensors, memory)
    for (picture, scale) in zip(0..<pictureCount, scales) { result[picture] += scale }
    for index in nodes.indices.reversed() where memory.gradients[index] != nil {
      switch nodes[index].source {
      case .kernel(let kernel): kernel.pullBack(memory.of(index, nodes[index]))
      case .loss(let loss, let subjects):
        let scales = UnsafeBufferPointer(start: memory.gradients[index], count: pictureCount)
        let read = tensors.selecting(subjects)
        var wanted = gradients.selecting(subjects)
        loss.addGradients(of: read, scales: Array(scales), to: &wanted)
      case .subject, .constant, .number, .shareOfBatch, .view: break
      }
    }
  }

  /// Computes all nodes in order.
  private func computeAll(_ tensors: TappedTensors, _ memory: TapeMemory) {
    for (index, node) in nodes.enumerated() {
      switch node.source {
      case .subject(let subject):
        // What is tapped outlives the evaluation, and nobody writes to it.
        memory.values[index] = UnsafeMutablePointer(
          mutating: tensors.parts[subject].values.baseAddress)
      case .loss(let loss, let subjects):
        let values = loss.values(tensors.selecting(subjects))
        // A loss that miscounts has no value: whoever asked is told so.
        let isRight = values.count == pictureCount
        for picture in 0..<pictureCount {
          memory.values[index]![picture] = isRight ? values[picture] : .nan
        }
      case .number(let number): memory.values[index]![0] = number.value(at: tensors.moment)
      case .kernel(let kernel): kernel.compute(memory.of(index, node))
      case .view: memory.values[index] = memory.values[node.operands[0]]
      case .constant, .shareOfBatch: break
      }
    }
  }

  private func wants(_ subjects: [Int], _ gradients: borrowing TappedGradients) -> Bool {
    for subject in subjects where gradients.isWanted(subject) { return true }
    return false
  }

  /// Settles which nodes have a gradient, and where; what is not tapped begins at 0.
  private func prepareGradients(_ gradients: borrowing TappedGradients, _ memory: TapeMemory) {
    for (index, node) in nodes.enumerated() {
      var gradient: UnsafeMutablePointer<Float>?
      switch node.source {
      case .subject(let subject):
        gradient = gradients.isWanted(subject) ? gradients.parts[subject].gradient.baseAddress : nil
      case .loss(_, let subjects):
        if wants(subjects, gradients) { gradient = memory.gradient(node) }
      case .kernel:
        if node.operands.contains(where: { memory.gradients[$0] != nil }) {
          gradient = memory.gradient(node)
        }
      case .view: gradient = node.passesGradient ? memory.gradients[node.operands[0]] : nil
      case .constant, .number, .shareOfBatch: break
      }
      memory.gradients[index] = gradient
    }
  }
}
