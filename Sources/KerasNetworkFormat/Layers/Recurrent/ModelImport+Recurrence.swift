internal import ConvolutionalNetworks
internal import NetworkFormats

/// https://keras.io/api/layers/recurrent_layers/
extension ModelImport {
  /// Adds a recurrent layer and returns what it writes, its last states behind its result if they are asked for; `nil` for
  /// any other class.
  mutating func addRecurrence(
    _ layer: LayerConfiguration, _ name: String, _ weights: LayerWeights,
    _ call: CallArguments<String>
  ) throws(KerasError.Problem) -> [String]? {
    guard layer.isRecurrent else { return nil }
    guard !marksSteps else {
      throw .unsupported("a recurrent layer that skips steps which a Masking layer marks")
    }
    if layer.className == "Bidirectional" {
      return try addBidirectional(layer, name, weights, RecurrentOperands(call))
    }
    if layer.className.hasPrefix("ConvLSTM") {
      return try addConvolutionalLSTM(layer, name, weights, RecurrentOperands(call))
    }
    guard let recurrent = try RecurrentLayer(layer, weights) else { return nil }
    let states = try append(
      recurrent, named: name, reading: RecurrentOperands(call), isFlipped: recurrent.isReversed)
    return [name] + (recurrent.returnsStates ? states : [])
  }

  /// Adds a layer in both directions, whose results are joined.
  ///
  /// https://keras.io/api/layers/recurrent_layers/bidirectional/
  private mutating func addBidirectional(
    _ layer: LayerConfiguration, _ name: String, _ weights: LayerWeights,
    _ operands: RecurrentOperands
  ) throws(KerasError.Problem) -> [String] {
    let (forward, backward) = try directions(of: layer, weights)
    let half = operands.states.count / 2
    let names = ["\(name)/forward", "\(name)/backward"]
    var states = try append(
      forward, named: names[0],
      reading: RecurrentOperands(operands.sequence, Array(operands.states.prefix(half))),
      isFlipped: forward.isReversed)
    // Keras turns round once more what the second direction returns.
    states += try append(
      backward, named: names[1],
      reading: RecurrentOperands(operands.sequence, Array(operands.states.dropFirst(half))),
      isFlipped: !backward.isReversed)
    let (first, second) = (Formula(names[0]), Formula(names[1]))
    var result = [name]
    switch layer.config["merge_mode"]?.string {
    case "concat": try append(name, Concatenation(axis: -1), reading: names)
    case "sum": try append(first + second, named: name)
    case "mul": try append(first * second, named: name)
    case "ave": try append((first + second) * 0.5, named: name)
    case nil: result = names
    case let mode?: throw .configuration(key: "merge_mode", reason: "'\(mode)' is none of Keras'")
    }
    return result + (forward.returnsStates ? states : [])
  }

  /// The layers of both directions. Names of the first and of the second begin with those words, but for a second one of
  /// the user's own in Keras 3.
  private func directions(of layer: LayerConfiguration, _ weights: LayerWeights)
    throws(KerasError.Problem) -> (forward: RecurrentLayer, backward: RecurrentLayer)
  {
    let first = try layer.wrapped()
    let hasOwn = layer.config["backward_layer"] != nil
    let second = hasOwn ? try layer.wrapped("backward_layer") : first
    let isNamed = layer.kerasVersion >= 3
    func direction(_ layer: LayerConfiguration, _ word: String, isNamed: Bool)
      throws(KerasError.Problem) -> RecurrentLayer
    {
      let part = weights.part(
        isNamed ? layer.name : "\(word)_\(layer.name)", folder: "\(word)_layer",
        order: layer.weightOrder)
      guard let recurrent = try RecurrentLayer(layer, part) else {
        throw .unsupportedLayer(className: layer.className, advice: layer.adviceWhereUnsupported)
      }
      return recurrent
    }
    let forward = try direction(first, "forward", isNamed: isNamed)
    var backward = try direction(second, "backward", isNamed: isNamed && hasOwn)
    if !hasOwn { backward.isReversed = !forward.isReversed }
    return (forward, backward)
  }

  /// Adds the cells of a layer; the result has the name `name`.
  ///
  /// - Parameter isFlipped: whether the sequence that is returned begins with the input's last step.
  /// - Returns: the last states.
  private mutating func append(
    _ recurrent: RecurrentLayer, named name: String, reading operands: RecurrentOperands,
    isFlipped: Bool
  ) throws(KerasError.Problem) -> [String] {
    let stateCount = recurrent.cells.map(\.stateCount).reduce(0, +)
    guard operands.states.isEmpty || operands.states.count == stateCount else {
      throw .configuration(
        key: "initial_state",
        reason: "has \(operands.states.count) values for \(stateCount) states")
    }
    var value = operands.sequence
    var given = operands.states[...]
    var last: [[String]] = []
    for (position, cell) in recurrent.cells.enumerated() {
      let own = recurrent.cells.count == 1 ? name : "\(name)/\(cell.name)"
      let isResult = position == recurrent.cells.count - 1 && recurrent.returnsSequences
      let states = ["\(own)/state", "\(own)/cell"].prefix(cell.stateCount)
      let sequence = isResult && !isFlipped ? name : "\(own)/sequence"
      try append(
        sequence, cell.operation(isReversed: recurrent.isReversed),
        reading: [value] + given.prefix(cell.stateCount), writing: [sequence] + states)
      given = given.dropFirst(cell.stateCount)
      value = sequence
      last.append(Array(states))
    }
    if !recurrent.returnsSequences {
      try append(name, Identity(kind: recurrent.className), reading: [last[last.count - 1][0]])
    } else if isFlipped {
      try append(Formula(value).flipped(axis: 1), named: name)
    }
    return last.flatMap(\.self)
  }
}

extension LayerConfiguration {
  /// Whether it goes from step to step of a sequence.
  var isRecurrent: Bool {
    switch className {
    case "LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional", "ConvLSTM1D", "ConvLSTM2D",
      "ConvLSTM3D":
      true
    default: false
    }
  }
}

/// What a recurrent layer is given.
struct RecurrentOperands {
  /// `[N, steps, inputs]`.
  let sequence: String
  /// The first states, `[N, units]` each; none are 0.
  let states: [String]

  init(_ sequence: String, _ states: [String]) {
    self.sequence = sequence
    self.states = states
  }

  /// By place or by name.
  init(_ call: CallArguments<String>) throws(KerasError.Problem) {
    let named = ["sequences", "sequence", "inputs"].lazy.compactMap { call.named[$0] }.first
    let placed = (named?.values ?? []) + call.positional.flatMap(\.values)
    guard let sequence = placed.first else {
      throw .configuration(key: "inbound_nodes", reason: "a recurrent layer takes a sequence")
    }
    self.init(sequence, placed.dropFirst() + (call.named["initial_state"]?.values ?? []))
  }
}
