import Synchronization

/// Memory that is lent for a while and kept for the next time, so that steps do not wait for the system's.
final class ReusedMemory: Sendable {
  private struct Block: @unchecked Sendable {
    let numbers: UnsafeMutableBufferPointer<Float>
  }

  private let free = Mutex<[Block]>([])

  deinit {
    free.withLock { blocks in
      for block in blocks { UnsafeMutableRawPointer(block.numbers.baseAddress)?.deallocate() }
    }
  }

  /// Calls `body` with `count` numbers, aligned to 64 bytes, that hold whatever they held before.
  func withNumbers<Result>(
    _ count: Int, _ body: (UnsafeMutablePointer<Float>) -> Result
  ) -> Result {
    let known = free.withLock { blocks in
      blocks.firstIndex { $0.numbers.count >= count }.map { blocks.remove(at: $0) }
    }
    let block = known ?? Self.make(count)
    defer { free.withLock { $0.append(block) } }
    guard let base = block.numbers.baseAddress else { preconditionFailure("no memory") }
    return body(base)
  }

  private static func make(_ count: Int) -> Block {
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64)
    let numbers = UnsafeMutableBufferPointer(
      start: raw.bindMemory(to: Float.self, capacity: max(count, 1)), count: max(count, 1))
    numbers.initialize(repeating: 0)
    return Block(numbers: numbers)
  }
}
