import ArgumentParser

/// An amount of memory on a command line: `4GB`, `512MB`, `1.5GiB`, or a number of bytes.
struct ByteCount: ExpressibleByArgument {
  let bytes: Int

  private static let units: [(suffix: String, bytes: Double)] = [
    ("kib", 0x1p10), ("mib", 0x1p20), ("gib", 0x1p30), ("tib", 0x1p40), ("kb", 1e3), ("mb", 1e6),
    ("gb", 1e9), ("tb", 1e12), ("k", 1e3), ("m", 1e6), ("g", 1e9), ("t", 1e12), ("b", 1), ("", 1),
  ]

  init?(argument: String) {
    let text = argument.lowercased()
    guard let unit = Self.units.first(where: { text.hasSuffix($0.suffix) }) else { return nil }
    let number = text.dropLast(unit.suffix.count).filter { $0 != " " }
    // Digits and a point alone: no signs, exponents or infinities.
    guard !number.isEmpty, number.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
      let value = Double(number), let bytes = Int(exactly: (value * unit.bytes).rounded()),
      bytes > 0
    else { return nil }
    self.bytes = bytes
  }
}
