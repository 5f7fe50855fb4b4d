internal import CFVKernels

/// What a convolution or dense kernel does to its result while it is in cache:
/// `activation(y · scale + shift)`, a factor and an offset per channel.
package struct Epilogue: Sendable {
  /// A factor per channel; `nil` is 1.
  package private(set) var scale: Tensor?
  /// An offset per channel; `nil` is 0.
  package private(set) var shift: Tensor?
  /// What negative values are multiplied by, before clipping.
  private(set) var slope: Float = 1
  private(set) var range: ClosedRange<Float> = -.infinity...(.infinity)

  /// Changes nothing.
  package static let none = Epilogue()

  /// Whether an activation is in it, after which nothing more can follow.
  package private(set) var isActivated = false

  /// The activation alone; it never falls where its argument rises.
  package var activation: Epilogue {
    var result = self
    (result.scale, result.shift) = (nil, nil)
    return result
  }

  /// What comes before the activation.
  package var withoutActivation: Epilogue {
    var result = Epilogue()
    (result.scale, result.shift) = (scale, shift)
    return result
  }

  /// The same scale and shift with the activation of another.
  package func activated(as other: Epilogue) -> Epilogue {
    var result = other.activation
    (result.scale, result.shift) = (scale, shift)
    return result
  }

  /// Whether the activations of both are the same.
  package func acts(as other: Epilogue) -> Bool {
    isActivated == other.isActivated && slope == other.slope && range == other.range
  }

  /// The range to which it clips, unless it does something else to negative values.
  var clippedRange: ClosedRange<Float>? { slope == 1 ? range : nil }

  /// Whether it needs neither scale nor activation, so that gradients pass unchanged.
  package var passesGradients: Bool { scale == nil && !isActivated }

  /// The epilogue of a layer with a bias.
  package init(bias: Tensor? = nil) { shift = bias }

  /// This epilogue followed by batch normalization.
  package func followed(by normalization: BatchNormalization) -> Epilogue? {
    guard !isActivated else { return nil }
    let (factor, offset) = normalization.factorAndOffset
    var result = self
    let shift = shift?.elements ?? Array(repeating: 0, count: factor.count)
    let scale = scale?.elements ?? Array(repeating: 1, count: factor.count)
    result.scale = Tensor(
      shape: [factor.count], elements: zip(scale, factor).map { $0 * $1 })
    result.shift = Tensor(
      shape: [factor.count],
      elements: factor.indices.map { shift[$0] * factor[$0] + offset[$0] })
    return result
  }

  /// Batch normalization followed by this epilogue.
  package func preceded(by normalization: BatchNormalization) -> Epilogue {
    let (factor, offset) = normalization.factorAndOffset
    var result = self
    let scale = scale?.elements ?? Array(repeating: 1, count: factor.count)
    let shift = shift?.elements ?? Array(repeating: 0, count: factor.count)
    result.scale = Tensor(shape: [factor.count], elements: zip(factor, scale).map { $0 * $1 })
    result.shift = Tensor(
      shape: [factor.count],
      elements: factor.indices.map { offset[$0] * scale[$0] + shift[$0] })
    return result
  }

  /// This epilogue followed by an activation, or `nil` for one whose derivative its result does not tell.
  package func followed(by function: ActivationFunction) -> Epilogue? {
    guard !isActivated else { return nil }
    var result = self
    result.isActivated = true
    switch function {
    case .relu: result.range = 0...(.infinity)
    case .clip(let minimum, let maximum) where minimum < maximum: result.range = minimum...maximum
    case .leakyReLU(let slope) where slope > 0: result.slope = slope
    default: return nil
    }
    return result
  }

  /// Applies the epilogue to `rows` rows of `columns` channels from channel `channel` on.
  func apply(
    to values: UnsafeMutablePointer<Float>, rows: Int, columns: Int, step: Int, channel: Int = 0
  ) {
    guard scale != nil || shift != nil || isActivated else { return }
    withParameters(channel) { cfv_apply_epilogue(&$0, values, rows, columns, step) }
  }

  /// Turns the gradient of the result into that of what came before, in place.
  func pullBack(
    gradient: UnsafeMutablePointer<Float>, values: UnsafePointer<Float>, rows: Int, columns: Int,
    step: Int, channel: Int = 0
  ) {
    guard !passesGradients else { return }
    withParameters(channel) { cfv_pull_back_epilogue(&$0, values, gradient, rows, columns, step) }
  }

  /// Calls `body` with the epilogue in C's terms, scale and shift from channel `channel` on.
  func withParameters(_ channel: Int = 0, _ body: (inout cfv_epilogue) -> Void) {
    var parameters = cfv_epilogue(
      scale: scale.map { $0.unsafeElements + channel },
      shift: shift.map { $0.unsafeElements + channel }, slope: slope, low: range.lowerBound,
      high: range.upperBound)
    body(&parameters)
    // The addresses stay valid as long as the tensors live.
    withExtendedLifetime(self) {}
  }
}
