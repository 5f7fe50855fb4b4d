internal import Foundation
internal import NetworkFormats

extension LayerConfiguration {
  /// The names of the layer's weights in the order in which Keras 3 numbers them.
  var weightOrder: [String] {
    func present(_ key: String, _ name: String) -> [String] {
      config[key]?.bool ?? true ? [name] : []
    }
    switch className {
    case "SeparableConv2D":
      return ["depthwise_kernel", "pointwise_kernel"] + present("use_bias", "bias")
    case "BatchNormalization":
      return present("scale", "gamma") + present("center", "beta")
        + ["moving_mean", "moving_variance"]
    case "LayerNormalization": return present("scale", "gamma") + present("center", "beta")
    case "Normalization": return ["mean", "variance", "count"]
    case "PReLU": return ["alpha"]
    default: return ["kernel"] + present("use_bias", "bias")
    }
  }
}

extension String {
  /// A class's name as Keras names the groups of its weights: `BatchNormalization` is
  /// `batch_normalization`, `PReLU` is `p_re_lu`, `Conv2D` is `conv2d`.
  var snakeCased: String {
    filter { $0.isLetter || $0.isNumber || $0 == "_" }
      .replacing(/(.)([A-Z][a-z]+)/) { "\($0.1)_\($0.2)" }
      .replacing(/([a-z])([A-Z])/) { "\($0.1)_\($0.2)" }
      .lowercased()
  }
}
