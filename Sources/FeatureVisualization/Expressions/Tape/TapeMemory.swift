import Synchronization

/// The memory of one evaluation of a tape: the numbers of all nodes, and where those of each lie.
final class TapeMemory {
  let values, gradients: UnsafeMutablePointer<UnsafeMutablePointer<Float>?>
  private let numbers: UnsafeMutablePointer<Float>

  init(for tape: Tape) {
    let bytes = max(tape.size, 1) * MemoryLayout<Float>.stride
    numbers = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      .bindMemory(to: Float.self, capacity: max(tape.size, 1))
    values = .allocate(capacity: tape.nodes.count)
    gradients = .allocate(capacity: tape.nodes.count)
    gradients.initialize(repeating: nil, count: tape.nodes.count)
    for (index, node) in tape.nodes.enumerated() {
      var value = node.valuePlace.map { numbers + $0 }
      switch node.source {
      // The tape holds the tensor, and nobody writes to it.
      case .constant(let tensor): value = UnsafeMutablePointer(mutating: tensor.unsafeElements)
      case .shareOfBatch: value?.update(repeating: 1 / Float(node.count), count: node.count)
      case .subject, .loss, .number, .kernel, .view: break
      }
      (values + index).initialize(to: value)
    }
  }

  deinit {
    UnsafeMutableRawPointer(numbers).deallocate()
    values.deallocate()
    gradients.deallocate()
  }

  /// What the kernel of a node works on.
  func of(_ index: Int, _ node: Tape.Node) -> KernelMemory {
    KernelMemory(
      values: values, gradients: gradients, node: index, operands: node.operands,
      state: UnsafeMutableRawPointer(numbers + node.statePlace))
  }

  /// The place of a node's gradient, set to 0.
  func gradient(_ node: Tape.Node) -> UnsafeMutablePointer<Float>? {
    guard let place = node.gradientPlace else { return nil }
    (numbers + place).update(repeating: 0, count: node.count)
    return numbers + place
  }
}

/// Memory that evaluations leave to later ones: there is as much of it as have ever run at once.
final class TapePool: Sendable {
  // Nobody has a memory that lies here.
  private struct Idle: @unchecked Sendable { let memory: TapeMemory }

  private let idle = Mutex<[Idle]>([])

  func take(for tape: Tape) -> TapeMemory {
    idle.withLock { $0.popLast() }?.memory ?? TapeMemory(for: tape)
  }

  func give(_ memory: TapeMemory) {
    let idle = Idle(memory: memory)
    self.idle.withLock { $0.append(idle) }
  }
}
