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
    let spread = max(range.upperBound - range.lowerBound, 1e-9 * abs(range.upperBound))
    let extent = spread > 0 ? spread : 1
    let rough = extent / Double(max(count, 1))
    let power = pow(10, log10(rough).rounded(.down))
    let step = power * ([1, 2, 5, 10].first { $0 * power >= rough * 0.999 } ?? 10)
    let slack = 1e-6
    let first = (range.lowerBound / step + (within ? -slack : slack)).rounded(within ? .up : .down)
    let last = (range.upperBound / step + (within ? slack : -slack)).rounded(within ? .down : .up)
    values = stride(from: first, through: max(first, last), by: 1).map { $0 * step }
    decimals = max(0, min(9, Int(-log10(step * 1.001).rounded(.down))))
  }

  /// Whether numbers are so large or so close to 0 that they are written with a power of ten.
  private var isScientific: Bool {
    let largest = max(abs(values[0]), abs(values[values.count - 1]))
    return largest >= 1e7 || (largest < 1e-4 && largest > 0)
  }

  /// `1.5e12`: with three digits after the point, and without zeros at their end.
  private static func scientific(_ value: Double) -> String {
    guard value != 0 else { return "0" }
    var exponent = Int(log10(abs(value)).rounded(.down))
    var thousandths = Int((abs(value) / pow(10, Double(exponent)) * 1000).rounded())
    if thousandths >= 10_000 { (exponent, thousandths) = (exponent + 1, thousandths / 10) }
    var digits = "\(thousandths % 1000 + 1000)".dropFirst()
    while digits.last == "0" { digits.removeLast() }
    let mantissa = digits.isEmpty ? "\(thousandths / 1000)" : "\(thousandths / 1000).\(digits)"
    return "\(value < 0 ? "-" : "")\(mantissa)e\(exponent)"
  }

  /// From the first to the last.
  var range: ClosedRange<Double> {
    let (first, last) = (values[0], values[values.count - 1])
    return first...(last > first ? last : first + max(1e-9 * abs(first), 1e-12))
  }

  /// A number as it is written beside its tick.
  func label(_ value: Double) -> String {
    guard !isScientific else { return Self.scientific(value) }
    let scale = pow(10, Double(decimals))
    let whole = Int((abs(value) * scale).rounded())
    let sign = value < 0 && whole > 0 ? "-" : ""
    guard decimals > 0 else { return "\(sign)\(whole)" }
    let digits = String(repeating: "0", count: max(0, decimals + 1 - "\(whole)".count)) + "\(whole)"
    return "\(sign)\(digits.dropLast(decimals)).\(digits.suffix(decimals))"
  }
}
