/// Real and imaginary parts of sixteen sequences side by side, with a second buffer for each to transform into.
struct FourierLanes {
  private(set) var re: UnsafeMutablePointer<Float>
  private(set) var im: UnsafeMutablePointer<Float>
  private(set) var otherRe: UnsafeMutablePointer<Float>
  private(set) var otherIm: UnsafeMutablePointer<Float>

  /// The numbers that buffers of `capacity` places take.
  static func count(capacity: Int) -> Int { 4 * 16 * capacity }

  /// Lanes in memory that is aligned to 64 bytes.
  init(_ memory: UnsafeMutablePointer<Float>, capacity: Int) {
    re = memory
    im = re + 16 * capacity
    otherRe = im + 16 * capacity
    otherIm = otherRe + 16 * capacity
  }

  mutating func exchangeBuffers() {
    swap(&re, &otherRe)
    swap(&im, &otherIm)
  }

  mutating func exchangeParts() {
    swap(&re, &im)
    swap(&otherRe, &otherIm)
  }

  /// Calls `body` with lanes that hold zeros.
  static func withTemporary<Result>(
    _ capacity: Int, _ body: (inout FourierLanes) -> Result
  ) -> Result {
    let count = count(capacity: capacity)
    return withUnsafeTemporaryAllocation(
      byteCount: count * MemoryLayout<Float>.stride, alignment: 64
    ) { bytes in
      let memory = bytes.bindMemory(to: Float.self)
      memory.initialize(repeating: 0)
      guard let base = memory.baseAddress else { preconditionFailure("no memory") }
      var lanes = FourierLanes(base, capacity: capacity)
      return body(&lanes)
    }
  }
}
