/// A source of tensors for tests: one seed gives the same numbers everywhere.
///
/// Every number is a `Float`, so that an engine in single precision and an oracle in double precision can be
/// given the very same input. The generator is SplitMix64 (Steele, Lea and Flood 2014).
public struct SeededTensors: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A source that starts at `seed`.
  public init(seed: UInt64) { state = seed }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// Independent numbers, evenly distributed over `range`.
  public mutating func uniform(_ shape: [Int], in range: ClosedRange<Double> = -1...1)
    -> DoubleTensor
  {
    let elements = (0..<shape.reduce(1, *)).map { _ in
      Self.rounded(range, at: Double(next() >> 11) * 0x1p-53)
    }
    return DoubleTensor(shape: shape, elements: elements)
  }

  /// Evenly spaced numbers of `range` in random order.
  ///
  /// No two are close, so that finite differences change no maximum; and none is close to the middle of the
  /// range where their number is even.
  public mutating func spaced(_ shape: [Int], in range: ClosedRange<Double> = -1...1)
    -> DoubleTensor
  {
    let count = shape.reduce(1, *)
    var elements = (0..<count).map { Self.rounded(range, at: (Double($0) + 0.5) / Double(count)) }
    for last in elements.indices.dropFirst().reversed() {
      elements.swapAt(last, Int(next() % UInt64(last + 1)))
    }
    return DoubleTensor(shape: shape, elements: elements)
  }

  private static func rounded(_ range: ClosedRange<Double>, at share: Double) -> Double {
    Double(Float(range.lowerBound + (range.upperBound - range.lowerBound) * share))
  }
}
