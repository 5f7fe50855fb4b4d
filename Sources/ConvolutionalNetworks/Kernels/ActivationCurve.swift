internal import CFVKernels

/// The curve of an activation: its values and its slopes, over stretches of memory.
enum ActivationCurve: Sendable {
  /// A curve with at most two numbers.
  case fixed(cfv_activation)
  /// A rectifier whose slope below zero is trained.
  case parametric(RepeatedParameters)

  func apply(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, first: Int, count: Int
  ) {
    switch self {
    case .fixed(var parameters): cfv_activate(&parameters, x, y, count)
    case .parametric(let repeated):
      cfv_activate_parametric(
        repeated.numbers.unsafeElements, repeated.numbers.count, first, x, y, count)
    }
  }

  func slopes(
    _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, _ slopes: UnsafeMutablePointer<Float>,
    first: Int, count: Int
  ) {
    switch self {
    case .fixed(var parameters): cfv_activation_slopes(&parameters, x, y, slopes, count)
    case .parametric(let repeated):
      cfv_parametric_slopes(
        repeated.numbers.unsafeElements, repeated.numbers.count, first, x, slopes, count)
    }
  }
}

extension ActivationFunction {
  /// The curve in C's terms; `nil` for functions that are no fixed curve of one element.
  fileprivate func curve(_ kind: cfv_activation_kind, _ a: Float = 0, _ b: Float = 0)
    -> cfv_activation
  {
    cfv_activation(kind: kind, a: a, b: b)
  }

  var curve: cfv_activation? {
    switch self {
    case .relu: curve(CFV_CLIP, 0, .infinity)
    case .clip(let minimum, let maximum): curve(CFV_CLIP, minimum, maximum)
    case .leakyReLU(let slope): curve(CFV_LEAKY_RELU, slope)
    case .elu(let alpha): curve(CFV_ELU, alpha, 1)
    case .selu(let alpha, let scale): curve(CFV_ELU, alpha, scale)
    case .gelu(let approximate): curve(approximate ? CFV_GELU_TANH : CFV_GELU)
    case .celu(let alpha): curve(CFV_CELU, alpha)
    case .thresholdedReLU(let threshold): curve(CFV_THRESHOLDED_RELU, threshold)
    case .swish(let alpha): curve(CFV_SWISH, alpha)
    case .mish: curve(CFV_MISH)
    case .hardSwish: curve(CFV_HARD_SWISH)
    case .hardSigmoid(let alpha, let beta): curve(CFV_HARD_SIGMOID, alpha, beta)
    case .sigmoid: curve(CFV_SIGMOID)
    case .tanh: curve(CFV_TANH)
    case .softsign: curve(CFV_SOFTSIGN)
    case .softplus: curve(CFV_SOFTPLUS)
    case .linear, .parametricReLU, .softmax, .logSoftmax: nil
    }
  }

  /// Whether it grows like x for large x and is flat, or nearly so, for small x.
  var isRectifier: Bool {
    switch self {
    case .linear, .hardSigmoid, .sigmoid, .tanh, .softsign, .softmax, .logSoftmax: false
    default: true
    }
  }
}
