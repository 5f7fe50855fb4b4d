/// The nonlinearities of trained networks.
public enum ActivationFunction: Sendable, Equatable {
  /// `x`.
  case linear
  /// `max(x, 0)`.
  case relu
  /// `min(max(x, minimum), maximum)`; ReLU6 is 0…6.
  case clip(minimum: Float, maximum: Float)
  /// `x` where positive, else `slope · x`.
  case leakyReLU(slope: Float)
  /// `x` where positive, else `slopes · x`, the slopes broadcast against the logical shape of the input.
  case parametricReLU(slopes: Tensor)
  /// `x` where positive, else `alpha · (eˣ − 1)`.
  case elu(alpha: Float)
  /// `scale · x` where positive, else `scale · alpha · (eˣ − 1)`.
  case selu(alpha: Float, scale: Float)
  /// `x · Φ(x)` with the normal distribution function Φ, or with its tanh approximation.
  case gelu(approximate: Bool)
  /// `x` where positive, else `alpha · (e^(x / alpha) − 1)`, smooth at 0 for every alpha.
  case celu(alpha: Float)
  /// `x` where greater than `threshold`, else 0.
  case thresholdedReLU(threshold: Float)
  /// `x · σ(alpha · x)`; SiLU has alpha 1.
  case swish(alpha: Float)
  /// `x · tanh(ln(1 + eˣ))`.
  case mish
  /// `x · min(max(x / 6 + ½, 0), 1)`.
  case hardSwish
  /// `min(max(alpha · x + beta, 0), 1)`.
  case hardSigmoid(alpha: Float, beta: Float)
  /// `σ(x) = 1 / (1 + e⁻ˣ)`.
  case sigmoid
  /// `tanh x`.
  case tanh
  /// `x / (1 + |x|)`.
  case softsign
  /// `ln(1 + eˣ)`.
  case softplus
  /// `eˣ / Σ eˣ` along a logical axis; negative axes count from the end.
  case softmax(axis: Int)
  /// `x − ln Σ eˣ` along a logical axis; negative axes count from the end.
  case logSoftmax(axis: Int)

  /// SELU with the constants of Klambauer et al. 2017 (https://arxiv.org/abs/1706.02515).
  public static let selu = ActivationFunction.selu(
    alpha: 1.673_263_242_354_377_2, scale: 1.050_700_987_355_480_5)

  /// `x · σ(x)`, swish with alpha 1.
  public static let silu = ActivationFunction.swish(alpha: 1)

  /// ReLU6, as MobileNet uses it.
  public static let relu6 = ActivationFunction.clip(minimum: 0, maximum: 6)

  /// Softmax along the last axis: over the units of a dense layer, over the channels of a channels-last feature map.
  public static let softmax = ActivationFunction.softmax(axis: -1)

  /// All trained numbers that it holds.
  public var parameters: [LayerParameter] {
    if case .parametricReLU(let slopes) = self { [LayerParameter("slopes", slopes)] } else { [] }
  }

  /// The rule that its own numbers break, in words; `nil` where they are sound.
  var fault: String? {
    let numbers: [(name: String, value: Float)]
    switch self {
    case .clip(let minimum, let maximum):
      return minimum.isNaN || maximum.isNaN ? "a bound of the clip is no number" : nil
    case .leakyReLU(let slope): numbers = [("slope", slope)]
    case .elu(let alpha), .celu(let alpha), .swish(let alpha): numbers = [("alpha", alpha)]
    case .selu(let alpha, let scale): numbers = [("alpha", alpha), ("scale", scale)]
    case .thresholdedReLU(let threshold): numbers = [("threshold", threshold)]
    case .hardSigmoid(let alpha, let beta): numbers = [("alpha", alpha), ("beta", beta)]
    case .linear, .relu, .parametricReLU, .gelu, .mish, .hardSwish, .sigmoid, .tanh, .softsign,
      .softplus, .softmax, .logSoftmax:
      return nil
    }
    return numbers.first { !$0.value.isFinite }.map { "\($0.name) is \($0.value)" }
  }

  /// The axis that the function couples, or `nil` for one that works on each element alone.
  public var coupledAxis: Int? {
    switch self {
    case .softmax(let axis), .logSoftmax(let axis): axis
    default: nil
    }
  }
}
