internal import ConvolutionalNetworks
internal import NetworkFormats

/// https://keras.io/api/layers/attention_layers/
extension ModelImport {
  /// Adds a layer of attention and returns what it writes, the scores last if they are asked for; `nil` for any other class.
  mutating func addAttention(
    _ layer: LayerConfiguration, _ name: String, _ weights: LayerWeights,
    _ call: CallArguments<String>
  ) throws(KerasError.Problem) -> [String]? {
    let isMultiHead: Bool
    switch layer.className {
    case "MultiHeadAttention", "GroupQueryAttention", "GroupedQueryAttention": isMultiHead = true
    case "Attention", "AdditiveAttention": isMultiHead = false
    default: return nil
    }
    guard !marksSteps else { throw .unsupported("attention behind a Masking layer") }
    let scores = "\(name)/attention"
    if isMultiHead {
      let heads = try AttentionHeads(layer, weights)
      let (query, value, key) = try Self.operands(call)
      let reads = try AttentionOperands(
        query: tokens(query), key: tokens(key), value: tokens(value))
      try append(
        try masked(heads.scores(reads), layer, call, query: query, key: key), named: scores)
      var output = try heads.output(Formula(scores), reads)
      // Positions of maps are tokens for that time.
      let shape = try shape(of: query)
      if shape.count != 3 {
        var extents = [0]
        for axis in 1..<(shape.count - 1) { extents.append(try extent(axis, of: query)) }
        output = output.reshaped(to: extents + [-1])
      }
      try append(output, named: name)
    } else {
      let inputs = call.positional.first?.values ?? call.values
      guard (2...3).contains(inputs.count) else {
        throw .unsupported("attention of \(inputs.count) values")
      }
      let key = inputs.count > 2 ? inputs[2] : inputs[1]
      let products = try self.scores(layer, weights, query: Formula(inputs[0]), key: Formula(key))
      try append(
        try masked(products, layer, call, query: inputs[0], key: key), named: scores)
      try append(name, MatrixMultiplication(), reading: [scores, inputs[1]])
    }
    return call.isSet("return_attention_scores") ? [name, scores] : [name]
  }

  /// Query, value and key, by place or by name; the key is the value unless it is given.
  private static func operands(_ call: CallArguments<String>) throws(KerasError.Problem)
    -> (query: String, value: String, key: String)
  {
    let placed = call.positional.flatMap(\.values)
    func operand(_ place: Int, _ name: String) -> String? {
      call.named[name]?.values.first ?? (placed.indices.contains(place) ? placed[place] : nil)
    }
    guard let query = operand(0, "query"), let value = operand(1, "value") else {
      throw .configuration(key: "inbound_nodes", reason: "attention takes a query and a value")
    }
    return (query, value, operand(2, "key") ?? value)
  }

  /// A sequence `[N, T, C]`; all positions of a map are one.
  private func tokens(_ value: String) throws(KerasError.Problem) -> Formula {
    let shape = try shape(of: value)
    guard shape.count >= 3 else { throw .unsupported("attention to values without steps") }
    guard shape.count > 3 else { return Formula(value) }
    return Formula(value).reshaped(to: [0, -1, try extent(shape.count - 1, of: value)])
  }

  /// `q · kᵀ`, or a weighted sum of `tanh(q + k)`, for each query and key: `[N, T, S]`.
  private func scores(
    _ layer: LayerConfiguration, _ weights: LayerWeights, query: Formula, key: Formula
  ) throws(KerasError.Problem) -> Formula {
    let isAdditive = layer.className == "AdditiveAttention"
    let scale =
      layer.config["use_scale"]?.bool ?? isAdditive
      ? Formula(try weights.tensor("scale", nil)) : nil
    if !isAdditive, layer.config["score_mode"]?.string ?? "dot" == "dot" {
      let products = Formula(MatrixMultiplication(), query, key.transposed([0, 2, 1]))
      return scale.map { products * $0 } ?? products
    }
    let sums = query.inserting(axes: [2]) + key.inserting(axes: [1])
    if isAdditive {
      let raised = sums.applying(.tanh)
      return (scale.map { $0 * raised } ?? raised).reduced(.sum, axes: [3], keepsAxes: false)
    }
    let raised = (scale.map { $0 * sums } ?? sums).applying(.tanh)
    return raised.reduced(.sum, axes: [3], keepsAxes: false)
      * Formula(try weights.tensor("concat_score_weight", nil))
  }

  /// The softmax of scores `[…, T, S]`, of those that masks let through.
  private func masked(
    _ scores: Formula, _ layer: LayerConfiguration, _ call: CallArguments<String>, query: String,
    key: String
  ) throws(KerasError.Problem) -> Formula {
    var scores = scores
    if layer.config["sliding_window"]?.int != nil {
      throw .unsupported("attention within a sliding window")
    }
    if call.isSet("use_causal_mask") {
      let (rows, columns) = (try extent(1, of: query), try extent(1, of: key))
      try take([rows, columns])
      let mask = (0..<rows * columns).map { Float($0 % columns <= $0 / columns ? 1 : 0) }
      scores = scores.where(Formula(Tensor(shape: [rows, columns], elements: mask)))
    }
    if let argument = call.named["attention_mask"] {
      var mask: Formula
      let rank: Int
      switch argument {
      case .setting(.null): return scores.applying(.softmax)
      case .setting(let json):
        let tensor = try Tensor(keras: json)
        (mask, rank) = (Formula(tensor), tensor.rank)
      default:
        guard let value = argument.values.first else { throw .unsupported("such a mask") }
        (mask, rank) = (Formula(value), try self.rank(of: value))
      }
      // Masks for all heads have no axis of heads.
      if rank == 3, layer.className != "Attention", layer.className != "AdditiveAttention" {
        mask = mask.inserting(axes: [1])
      }
      scores = scores.where(mask)
    }
    return scores.applying(.softmax)
  }
}

extension CallArguments {
  /// Whether a named argument is true.
  fileprivate func isSet(_ name: String) -> Bool {
    if case .setting(.bool(true))? = named[name] { true } else { false }
  }
}

extension Formula {
  /// The same where the mask is not 0, and else so little that no softmax sees it.
  fileprivate func `where`(_ mask: Formula) -> Formula {
    Formula(Where(), mask, self, Formula(-1e9))
  }
}
