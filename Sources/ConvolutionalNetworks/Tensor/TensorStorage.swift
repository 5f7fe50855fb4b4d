/// The aligned memory behind a `Tensor`; unique while written, shared while read.
final class TensorStorage: @unchecked Sendable {
  /// A cache line, and the width of an AVX-512 register.
  package static let alignment = 64

  let count: Int
  let elements: UnsafeMutablePointer<Float>

  init(count: Int) {
    self.count = count
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: Self.alignment)
    elements = raw.bindMemory(to: Float.self, capacity: max(count, 1))
  }

  convenience init(copying other: TensorStorage) {
    self.init(count: other.count)
    elements.update(from: other.elements, count: count)
  }

  deinit { UnsafeMutableRawPointer(elements).deallocate() }
}
