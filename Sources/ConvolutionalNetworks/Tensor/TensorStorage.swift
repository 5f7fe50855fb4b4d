internal import CFVKernels
import Synchronization

/// The aligned memory behind a `Tensor`; unique while written, shared while read.
final class TensorStorage: @unchecked Sendable {
  let count: Int
  let elements: UnsafeMutablePointer<Float>

  private struct Weak: Sendable {
    weak var storage: TensorStorage?
  }
  private let derivedStorages = Mutex<[DerivedKey: Weak]>([:])

  /// What was made of these elements, if somebody still holds it.
  func derived(_ key: DerivedKey) -> TensorStorage? {
    derivedStorages.withLock { $0[key]?.storage }
  }

  var derivedCount: Int {
    derivedStorages.withLock { $0.values.filter { $0.storage != nil }.count }
  }

  func setDerived(_ key: DerivedKey, _ storage: TensorStorage) {
    derivedStorages.withLock { storages in
      storages = storages.filter { $0.value.storage != nil }
      storages[key] = Weak(storage: storage)
    }
  }

  func forgetDerived() {
    derivedStorages.withLock { if !$0.isEmpty { $0 = [:] } }
  }

  init(count: Int) {
    self.count = count
    elements = .allocateAligned(count: count)
  }

  convenience init(copying other: TensorStorage) {
    self.init(count: other.count)
    elements.update(from: other.elements, count: count)
  }

  deinit { elements.deallocateAligned(count: count) }
}

extension UnsafeMutablePointer<Float> {
  /// Uninitialized memory that begins with a cache line, which is the width of an AVX-512 register too.
  static func allocateAligned(count: Int) -> UnsafeMutablePointer<Float> {
    guard let memory = allocateAligned(ifThereIs: count) else {
      fatalError("no memory for \(count) numbers")
    }
    return memory
  }

  /// The same; `nil` where the system has not as much left.
  static func allocateAligned(ifThereIs count: Int) -> UnsafeMutablePointer<Float>? {
    let bytes = max(count, 1).floatBytes
    // The system's own limit is lower still, and adding a page must not overflow.
    guard bytes < 1 << 56 else { return nil }
    return cfv_allocate(bytes)?.bindMemory(to: Float.self, capacity: max(count, 1))
  }

  /// Frees what `allocateAligned` gave for the same count.
  func deallocateAligned(count: Int) {
    cfv_free(self, max(count, 1) * MemoryLayout<Float>.stride)
  }
}
