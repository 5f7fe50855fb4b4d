internal import ConvolutionalNetworks
internal import NetworkFormats

/// An activation of Keras: a function of the engine, or several operations.
enum LayerActivation {
  /// A function that the engine has.
  case function(ActivationFunction)
  /// Several operations on the value; its shape is known where they cut it.
  case formula((Formula, [Int?]) throws(KerasError.Problem) -> Formula)

  /// Whether it changes nothing.
  var isLinear: Bool { if case .function(.linear) = self { true } else { false } }

  /// Several operations, whatever the shape.
  static func composed(_ make: @escaping (Formula) -> Formula) -> LayerActivation {
    .formula { value, _ in make(value) }
  }

  /// What it computes of a value of a shape.
  func applied(to value: Formula, shape: [Int?]) throws(KerasError.Problem) -> Formula {
    switch self {
    case .function(let function): value.applying(function)
    case .formula(let make): try make(value, shape)
    }
  }
}

extension LayerActivation {
  /// The activations of a name, with Keras' defaults or what a function's or layer's configuration says; `nil` for a
  /// name that is none.
  ///
  /// https://keras.io/api/layers/activations/
  init?(named name: String, _ config: JSONValue = .null, kerasVersion: Int)
    throws(KerasError.Problem)
  {
    func number(_ keys: String..., default missing: Float) -> Float {
      for key in keys { if let number = config[key]?.number { return Float(number) } }
      return missing
    }
    switch name {
    case "linear", "identity": self = .function(.linear)
    case "relu": self = .function(.relu)
    case "relu6": self = .function(.relu6)
    case "elu": self = .function(.elu(alpha: number("alpha", default: 1)))
    case "selu": self = .function(.selu)
    case "gelu":
      self = .function(.gelu(approximate: config["approximate"]?.bool ?? false))
    case "gelu_approximate": self = .function(.gelu(approximate: true))
    case "silu", "swish": self = .function(.silu)
    case "sigmoid": self = .function(.sigmoid)
    case "tanh": self = .function(.tanh)
    case "leaky_relu":
      self = .function(.leakyReLU(slope: number("negative_slope", "alpha", default: 0.2)))
    case "hard_silu", "hard_swish": self = .function(.hardSwish)
    case "hard_sigmoid":
      // Keras 3 took PyTorch's slope.
      self = .function(.hardSigmoid(alpha: kerasVersion >= 3 ? 1 / 6 : 0.2, beta: 0.5))
    case "softplus": self = .function(.softplus)
    case "softsign": self = .function(.softsign)
    case "celu": self = .function(.celu(alpha: number("alpha", default: 1)))
    case "mish": self = .function(.mish)
    case "hard_tanh": self = .function(.clip(minimum: -1, maximum: 1))
    case "sparse_sigmoid": self = .function(.hardSigmoid(alpha: 0.5, beta: 0.5))
    case "softmax", "log_softmax":
      guard config["axis"]?.array?.count ?? 1 == 1 else {
        throw .unsupported("softmax over several axes")
      }
      let axis = config["axis"]?.int ?? config["axis"]?.array?.first?.int ?? -1
      self = .function(name == "softmax" ? .softmax(axis: axis) : .logSoftmax(axis: axis))
    default:
      guard let composed = Self.composed(name, threshold: number("threshold", default: 0.5), config)
      else { return nil }
      self = composed
    }
  }

  /// Activations that are several operations of the engine.
  private static func composed(_ name: String, threshold: Float, _ config: JSONValue)
    -> LayerActivation?
  {
    switch name {
    case "sparsemax": .composed { Formula(Sparsemax(axis: config["axis"]?.int ?? -1), $0) }
    case "exponential": .composed { $0.applying(.exponential) }
    case "log_sigmoid": .composed { ($0 * -1).applying(.softplus) * -1 }
    case "tanh_shrink": .composed { $0 - $0.applying(.tanh) }
    case "soft_shrink":
      .composed { ($0 - threshold).applying(.relu) - ($0 * -1 - threshold).applying(.relu) }
    case "hard_shrink":
      .composed {
        $0.applying(.thresholdedReLU(threshold: threshold))
          - ($0 * -1).applying(.thresholdedReLU(threshold: threshold))
      }
    case "threshold":
      .composed {
        let other = Formula(Float(config["default_value"]?.number ?? 0))
        return Formula(Where(), ($0 - threshold).applying(.relu), $0, other)
      }
    case "squareplus":
      .composed {
        let root = ($0 * $0 + Float(config["b"]?.number ?? 4)).applying(.squareRoot)
        return ($0 + root) * 0.5
      }
    case "sparse_plus":
      // 0 to −1, x from 1 on, and a parabola between.
      .composed {
        let bent = $0.applying(.clip(minimum: -1, maximum: 1)) + 1
        return bent * bent * 0.25 + ($0 - 1).applying(.relu)
      }
    case "glu":
      .formula { value, shape throws(KerasError.Problem) in
        let given = config["axis"]?.int ?? -1
        let axis = given < 0 ? given + shape.count : given
        guard shape.indices.contains(axis), let extent = shape[axis], extent % 2 == 0 else {
          throw .unsupported("glu of an odd or free number of channels")
        }
        return value.slice(0..<(extent / 2), axis: axis)
          * value.slice((extent / 2)..<extent, axis: axis).applying(.sigmoid)
      }
    default: nil
    }
  }
}
