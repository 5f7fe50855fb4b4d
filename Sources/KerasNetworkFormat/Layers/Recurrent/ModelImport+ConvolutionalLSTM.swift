internal import ConvolutionalNetworks
internal import NetworkFormats

extension ModelImport {
  /// Adds an LSTM of maps, step by step, and returns what it writes, its last state and cell behind its result if they are
  /// asked for.
  mutating func addConvolutionalLSTM(
    _ layer: LayerConfiguration, _ name: String, _ weights: LayerWeights,
    _ operands: RecurrentOperands
  ) throws(KerasError.Problem) -> [String] {
    let steps = try extent(1, of: operands.sequence)
    guard (1...Self.mostSteps).contains(steps) else {
      throw .exceedsLimits(reason: "has \(steps) steps of maps, and may have \(Self.mostSteps)")
    }
    guard operands.states.isEmpty || operands.states.count == 2 else {
      throw .configuration(
        key: "initial_state", reason: "has \(operands.states.count) values for 2 states")
    }
    let part = weights.part(nil, folder: "cell", order: layer.weightOrder)
    let inputs = try appendInputs(of: layer, name, part, operands.sequence)
    let shape = Array(try self.shape(of: inputs).dropFirst())
    let lstm = try ConvolutionalLSTM(
      layer, part, axis: layout == .channelsFirst ? 1 : shape.count - 1, shape: shape)
    let isReversed = layer.config["go_backwards"]?.bool ?? false
    var (state, cell) = (operands.states.first, operands.states.last)
    var states: [Formula] = []
    for turn in 0..<steps {
      try countCall()
      let step = isReversed ? steps - 1 - turn : turn
      let own = "\(name)/\(step)"
      let input = Formula(Squeeze(axes: [1]), Formula(inputs).slice(step..<(step + 1), axis: 1))
      try append(lstm.sums(input, state: state.map { Formula($0) }), named: "\(own)/gates")
      let sums = Formula("\(own)/gates")
      try append(lstm.cell(sums, before: cell.map { Formula($0) }), named: "\(own)/cell")
      try append(lstm.state(sums, cell: Formula("\(own)/cell")), named: own)
      (state, cell) = (own, "\(own)/cell")
      states.append(Formula(own).inserting(axes: [1]))
    }
    guard let state, let cell else { return [] }
    if layer.config["return_sequences"]?.bool ?? false {
      try append(Formula(Concatenation(axis: 1), of: states), named: name)
    } else {
      try append(name, Identity(kind: layer.className), reading: [state])
    }
    return [name] + (layer.config["return_state"]?.bool ?? false ? [state, cell] : [])
  }

  /// Adds the maps of all gates that the inputs of all steps make.
  private mutating func appendInputs(
    of layer: LayerConfiguration, _ name: String, _ weights: LayerWeights, _ sequence: String
  ) throws(KerasError.Problem) -> String {
    let (maps, inputs) = ("\(name)/maps", "\(name)/inputs")
    let convolution = try convolution(layer, weights, filters: 4 * layer.count("filters"))
    try append(
      Formula(convolution, Formula(Reshape.stepsAsBatch(of: sequence), Formula(sequence))),
      named: maps)
    try append(inputs, Reshape.batchAsSteps(maps, of: sequence), reading: [maps])
    return inputs
  }

  /// Each step becomes layers of its own.
  private static let mostSteps = 256
}
