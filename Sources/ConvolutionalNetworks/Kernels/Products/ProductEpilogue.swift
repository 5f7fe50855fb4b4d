internal import CFVKernels

/// What surrounds the products of a layer: a shift and an activation on the way forward, and on the way back the
/// gate by which gradients pass that activation.
///
/// An epilogue's scale is not among them: it is multiplied into the weights.
struct ProductEpilogue: Sendable {
  private let shift: Tensor?
  private let isActivated: Bool
  private let slope: Float
  private let range: ClosedRange<Float>

  init(_ epilogue: Epilogue, channels: Int) {
    slope = epilogue.slope
    range = epilogue.range
    isActivated = epilogue.isActivated
    shift = epilogue.shift.map { shift in
      // Whole vectors are read.
      Tensor(shape: [cfv_padded_columns(channels)]) { padded in
        padded.update(repeating: 0)
        shift.withUnsafeBufferPointer { _ = padded.update(fromContentsOf: $0) }
      }
    }
  }

  /// Whether gradients pass everywhere.
  var isOpen: Bool { !isActivated }

  /// Whether gradients pass whole or not at all, so that a bit tells which.
  var passesByBits: Bool { isActivated && (slope == 1 || range.lowerBound == 0) }

  /// How gradients pass, given bits or else the results, in rows like those of gradients.
  func gate(
    bits: UnsafePointer<UInt16>?, step: Int, values: UnsafePointer<Float>
  ) -> cfv_gate {
    cfv_gate(
      kind: isOpen ? CFV_GATE_OPEN : bits != nil ? CFV_GATE_BITS : CFV_GATE_RANGE, slope: slope,
      low: range.lowerBound, high: range.upperBound, values: values,
      bits: bits, bits_step: step, passed: nil)
  }

  /// What becomes of a product; the address in it is valid while this value lives.
  var finish: cfv_finish {
    cfv_finish(
      accumulates: 0, activates: isActivated ? 1 : 0, slope: slope, low: range.lowerBound,
      high: range.upperBound, shift: shift?.unsafeElements, residual: nil,
      residual_step: 0, bits: nil, bits_step: 0)
  }
}

extension cfv_gate {
  /// Hands everything down.
  static var open: cfv_gate {
    cfv_gate(
      kind: CFV_GATE_OPEN, slope: 1, low: -.infinity, high: .infinity, values: nil, bits: nil,
      bits_step: 0, passed: nil)
  }

  /// The same for gradients from a position on, which are `step` apart.
  func starting(at position: Int, step: Int) -> cfv_gate {
    var part = self
    part.values = values.map { $0 + position * step }
    part.bits = bits.map { $0 + position * bits_step }
    part.passed = passed.map { $0 + position * step }
    return part
  }
}

extension cfv_finish {
  /// The same for a part of the result that begins with this column, the first of a panel, and position.
  func starting(at column: Int, position: Int) -> cfv_finish {
    var part = self
    part.shift = shift.map { $0 + column }
    part.residual = residual.map { $0 + position * residual_step + column }
    part.bits = bits.map { $0 + position * bits_step + column / 16 }
    return part
  }

  /// Writes a product as it is, or accumulating adds it.
  static func plain(accumulating: Bool) -> cfv_finish {
    cfv_finish(
      accumulates: accumulating ? 1 : 0, activates: 0, slope: 1, low: -.infinity, high: .infinity,
      shift: nil, residual: nil, residual_step: 0, bits: nil, bits_step: 0)
  }
}
