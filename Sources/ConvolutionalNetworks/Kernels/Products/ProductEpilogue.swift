internal import CFVKernels

/// What surrounds the products of a layer: a shift and an activation on the way forward, and on the way back the
/// gate by which gradients pass that activation.
///
/// An epilogue's scale is not among them: it is multiplied into the weights.
struct ProductEpilogue: Sendable {
  /// How gradients pass the activation.
  let gate: cfv_gate
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
    let isRectifier = range == 0...(.infinity)
    gate = cfv_gate(
      kind: !isActivated ? CFV_GATE_OPEN : isRectifier ? CFV_GATE_POSITIVE : CFV_GATE_RANGE,
      slope: slope, low: range.lowerBound, high: range.upperBound)
  }

  /// What becomes of a product; the address in it is valid while this value lives.
  var finish: cfv_finish {
    cfv_finish(
      accumulates: 0, activates: isActivated ? 1 : 0, slope: slope, low: range.lowerBound,
      high: range.upperBound, shift: shift?.unsafeElements, residual: nil, residual_step: 0)
  }
}

extension cfv_gate {
  /// Hands everything down.
  static let open = cfv_gate(kind: CFV_GATE_OPEN, slope: 1, low: -.infinity, high: .infinity)
}

extension cfv_finish {
  /// Writes a product as it is, or accumulating adds it.
  static func plain(accumulating: Bool) -> cfv_finish {
    cfv_finish(
      accumulates: accumulating ? 1 : 0, activates: 0, slope: 1, low: -.infinity, high: .infinity,
      shift: nil, residual: nil, residual_step: 0)
  }
}
