internal import ConvolutionalNetworks
internal import NetworkFormats

/// Sequences that attention reads, `[N, T, C]`.
struct AttentionOperands {
  let query: Formula
  let key: Formula
  let value: Formula
}

/// Attention by several heads: `softmax(Q · Kᵀ / √d) · V` for each of them, with dense layers before and behind.
///
/// https://keras.io/api/layers/attention_layers/multi_head_attention/. Heads of grouped-query attention share keys and
/// values.
struct AttentionHeads {
  private let weights: LayerWeights
  private let hasBias: Bool
  private let hasGate: Bool
  /// How many heads there are of queries, and of keys and values.
  private let count: Int
  private let sharedCount: Int
  private let keyExtent: Int
  private let valueExtent: Int

  init(_ layer: LayerConfiguration, _ weights: LayerWeights) throws(KerasError.Problem) {
    self.weights = weights
    hasBias = layer.config["use_bias"]?.bool ?? true
    hasGate = layer.config["use_gate"]?.bool ?? false
    if layer.className == "MultiHeadAttention" {
      if let axes = layer.config["attention_axes"]?.array?.compactMap(\.int), axes != [1],
        axes != Array(1..<(axes.count + 1))
      {
        throw .unsupported("attention along the axes \(axes)")
      }
      count = try layer.count("num_heads")
      sharedCount = count
      keyExtent = try layer.count("key_dim")
      valueExtent = try layer.count("value_dim", default: keyExtent)
    } else {
      count = try layer.count("num_query_heads")
      sharedCount = try layer.count("num_key_value_heads")
      keyExtent = try layer.count("head_dim")
      valueExtent = keyExtent
      guard count % sharedCount == 0 else {
        throw .configuration(key: "num_key_value_heads", reason: "does not divide the heads")
      }
    }
  }

  /// What each query makes of each key, `[N, heads, T, S]`.
  func scores(_ operands: AttentionOperands) throws(KerasError.Problem) -> Formula {
    let query = try projected(operands.query, "query", heads: count, keyExtent)
    let key = try shared(projected(operands.key, "key", heads: sharedCount, keyExtent))
    return Formula(
      MatrixMultiplication(), query * (1 / Float(keyExtent).squareRoot()),
      key.transposed([0, 1, 3, 2]))
  }

  /// What the scores `[N, heads, T, S]` take of the values, `[N, T, C]`.
  func output(_ scores: Formula, _ operands: AttentionOperands) throws(KerasError.Problem)
    -> Formula
  {
    let value = try shared(projected(operands.value, "value", heads: sharedCount, valueExtent))
    var taken = Formula(MatrixMultiplication(), scores, value).transposed([0, 2, 1, 3])
      .reshaped(to: [0, 0, count * valueExtent])
    if hasGate {
      taken =
        taken * (try dense(operands.query, "gate", heads: count, valueExtent)).applying(.sigmoid)
    }
    let part = try part("attention_output", "output")
    let kernel = try part.tensor("kernel", [count, valueExtent, nil])
    return Formula(
      Dense(
        weights: kernel.reshaped(to: [count * valueExtent, kernel.shape[2]]).transposed([1, 0]),
        bias: hasBias ? try part.tensor("bias", [kernel.shape[2]]) : nil), taken)
  }

  /// A dense layer's units for each head, `[N, heads, T, units]`.
  private func projected(_ value: Formula, _ name: String, heads: Int, _ units: Int)
    throws(KerasError.Problem) -> Formula
  {
    try dense(value, name, heads: heads, units).reshaped(to: [0, 0, heads, units])
      .transposed([0, 2, 1, 3])
  }

  private func dense(_ value: Formula, _ name: String, heads: Int, _ units: Int)
    throws(KerasError.Problem) -> Formula
  {
    let part = try part(name, name)
    let kernel = try part.tensor("kernel", [nil, heads, units])
    return Formula(
      Dense(
        weights: kernel.reshaped(to: [kernel.shape[0], heads * units]).transposed([1, 0]),
        bias: hasBias
          ? try part.tensor("bias", [heads, units]).reshaped(to: [heads * units]) : nil), value
    ).labelled(name)
  }

  /// Heads of keys or values, each repeated for the queries that share it.
  private func shared(_ heads: Formula) throws(KerasError.Problem) -> Formula {
    guard sharedCount < count else { return heads }
    let positions = (0..<count).map { $0 / (count / sharedCount) }
    return Formula(Gather(axis: 1, positions: .constant(positions)), heads)
  }

  /// The weights of a dense layer within, whose attribute's name some versions began with an underscore.
  private func part(_ name: String, _ attribute: String) throws(KerasError.Problem) -> LayerWeights
  {
    for folder in ["\(attribute)_dense", "_\(attribute)_dense"] {
      let part = weights.part(name, folder: folder)
      if try part.contains("kernel") { return part }
    }
    throw .missingWeight("\(name)/kernel")
  }
}
