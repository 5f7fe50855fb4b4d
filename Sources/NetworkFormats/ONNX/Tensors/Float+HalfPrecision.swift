extension Float {
  /// The number whose IEEE 754 half-precision pattern is `bits`.
  ///
  /// `Float16` does this too, but not on every platform.
  init(halfPrecision bits: UInt16) {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10) & 0x1F
    let fraction = UInt32(bits & 0x3FF)
    switch exponent {
    case 0:
      // Zero and subnormal numbers: the fraction in units of 2⁻²⁴.
      let magnitude = Float(fraction) * 0x1p-24
      self = sign == 0 ? magnitude : -magnitude
    case 0x1F:
      self.init(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default:
      self.init(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }

  /// The number whose upper half is `bits`, as bfloat16 has it.
  init(brainFloat bits: UInt16) { self.init(bitPattern: UInt32(bits) << 16) }
}
