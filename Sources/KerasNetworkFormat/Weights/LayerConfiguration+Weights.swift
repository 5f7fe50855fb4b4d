internal import Foundation
internal import NetworkFormats

extension LayerConfiguration {
  /// The name of the folder of the layer's class in an archive.
  var folderName: String {
    // The one layer that Python knows by another name than users.
    (className == "GroupQueryAttention" ? "GroupedQueryAttention" : className).snakeCased
  }

  /// The names of the layer's weights in the order in which Keras 3 numbers them.
  var weightOrder: [String] {
    func present(_ key: String, _ name: String) -> [String] {
      config[key]?.bool ?? true ? [name] : []
    }
    switch className {
    case "SeparableConv1D", "SeparableConv2D":
      return ["depthwise_kernel", "pointwise_kernel"] + present("use_bias", "bias")
    case "BatchNormalization", "SyncBatchNormalization":
      return present("scale", "gamma") + present("center", "beta")
        + ["moving_mean", "moving_variance"]
    case "LayerNormalization", "GroupNormalization":
      return present("scale", "gamma") + present("center", "beta")
    case "RMSNormalization", "AdditiveAttention": return ["scale"]
    case "Attention":
      return (config["use_scale"]?.bool ?? false ? ["scale"] : [])
        + (config["score_mode"]?.string == "concat" ? ["concat_score_weight"] : [])
    case "Normalization": return ["mean", "variance", "count"]
    case "PReLU": return ["alpha"]
    case "LayerScale": return ["gamma"]
    case "Embedding", "ReversibleEmbedding": return ["embeddings"]
    case "PositionEmbedding": return ["embeddings"]
    case "EinsumDense":
      return ["kernel"] + (config["bias_axes"]?.string.map { _ in ["bias"] } ?? [])
    case "LSTM", "GRU", "SimpleRNN", "LSTMCell", "GRUCell", "SimpleRNNCell", "ConvLSTM1D",
      "ConvLSTM2D", "ConvLSTM3D":
      return ["kernel", "recurrent_kernel"] + present("use_bias", "bias")
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
