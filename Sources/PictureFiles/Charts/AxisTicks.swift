#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Round numbers along an axis: 1, 2 or 5 times a power of ten apart.
struct AxisTicks {
  /// The numbers, ascending.
  let values: [Double]
  private let decimals: Int

  /// About `count` numbers that reach from below `range` to above it, or lie within.
  init(_ range: ClosedRange<Double>, count: Int, within: Bool = false) {
    let extent = max(range.upperBound - range.lowerBound, 1e-9 * max(1, abs(range.upperBound)))
    let rough = extent / Double(max(count, 1))
    let power = pow(10, log10(rough).rounded(.down))
    let step = power * ([1, 2, 5, 10].first { $0 * power >= rough * 0.999 } ?? 10)
    let slack = 1e-6
    let first = (range.lowerBound / step + (within ? -slack : slack)).rounded(within ? .up : .down)
    let last = (range.upperBound / step + (within ? slack : -slack)).rounded(within ? .down : .up)
    values = stride(from: first, through: max(first, last), by: 1).map { $0 * step }
    decimals = max(0, min(9, Int(-log10(step * 1.001).rounded(.down))))
  }

  /// From the first to the last.
  var range: ClosedRange<Double> { values[0]...max(values[values.count - 1], values[0] + 1e-9) }

  /// A number as it is written beside its tick.
  func label(_ value: Double) -> String {
    let scale = pow(10, Double(decimals))
    let whole = Int((abs(value) * scale).rounded())
    let sign = value < 0 && whole > 0 ? "-" : ""
    guard decimals > 0 else { return "\(sign)\(whole)" }
    let digits = String(repeating: "0", count: max(0, decimals + 1 - "\(whole)".count)) + "\(whole)"
    return "\(sign)\(digits.dropLast(decimals)).\(digits.suffix(decimals))"
  }
}
