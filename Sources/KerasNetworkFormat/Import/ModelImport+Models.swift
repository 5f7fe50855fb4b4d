internal import ConvolutionalNetworks

extension ModelImport {
  /// Adds a model's layers, whose names get the prefix, and returns the values that are its outputs.
  ///
  /// - Parameter reads: the values that its inputs stand for; `nil` where it has inputs of its own.
  mutating func add(
    _ model: ModelConfiguration, _ weights: ModelWeights, under prefix: String,
    reading reads: [String]?
  ) throws(KerasError.Problem) -> [String] {
    guard let outputs = model.outputs else {
      return try addSequence(model, weights, under: prefix, reading: reads)
    }
    var values: [ValueReference: String] = [:]
    if let reads {
      guard let inputs = model.inputs, inputs.count == reads.count else {
        throw .configuration(
          key: "input_layers", reason: "the model is called with \(reads.count) values")
      }
      for (input, value) in zip(inputs, reads) { values[input] = value }
    }
    var calls: [(name: String, calls: [[ValueReference]])] = []
    for configuration in model.layers {
      layer = prefix + configuration.name
      calls.append((configuration.name, try configuration.calls()))
    }
    for call in try CallOrder(calls, known: Set(values.keys)).calls {
      let configuration = model.layers[call.layer]
      let name = prefix + configuration.name + (call.number == 0 ? "" : ":\(call.number)")
      layer = name
      let written: [String]
      if configuration.className == "InputLayer" {
        if values[ValueReference(configuration.name)] != nil { continue }
        try appendInput(name, configuration)
        written = [name]
      } else {
        let reads = call.reads.compactMap { values[$0] }
        written = try add(configuration, named: name, weights, reading: reads)
      }
      for (tensor, value) in written.enumerated() {
        values[ValueReference(configuration.name, call: call.number, tensor: tensor)] = value
      }
    }
    var names: [String] = []
    for output in outputs {
      guard let value = values[output] else { throw .undefinedValue(output.layer) }
      names.append(value)
    }
    return names
  }

  /// Adds the layers of a Sequential model, each of which reads what the one before writes.
  private mutating func addSequence(
    _ model: ModelConfiguration, _ weights: ModelWeights, under prefix: String,
    reading reads: [String]?
  ) throws(KerasError.Problem) -> [String] {
    var value = reads?.first
    for configuration in model.layers {
      let name = prefix + configuration.name
      layer = name
      if configuration.className == "InputLayer" {
        if value == nil {
          try appendInput(name, configuration)
          value = name
        }
        continue
      }
      if value == nil, configuration.model == nil {
        // Keras 2 gave the shape of the input to the first layer.
        let input = "\(name)_input"
        try appendInput(input, configuration)
        value = input
      }
      value = try add(configuration, named: name, weights, reading: value.map { [$0] }).first
    }
    guard let value else { throw .configuration(key: "layers", reason: "there are none") }
    return [value]
  }

  /// Adds a layer or a nested model and returns what it writes.
  private mutating func add(
    _ configuration: LayerConfiguration, named name: String, _ weights: ModelWeights,
    reading reads: [String]?
  ) throws(KerasError.Problem) -> [String] {
    try countCall()
    guard let json = configuration.model else {
      try add(configuration, named: name, weights.weights(of: configuration), reading: reads ?? [])
      return [name]
    }
    let model = try ModelConfiguration(json, kerasVersion: configuration.kerasVersion)
    let outputs = try add(
      model, weights.nested(configuration.name, layers: model.layers), under: "\(name)/",
      reading: reads)
    guard outputs.count == 1 else { return outputs }
    append(name, Identity(kind: configuration.className), reading: outputs)
    return [name]
  }
}
