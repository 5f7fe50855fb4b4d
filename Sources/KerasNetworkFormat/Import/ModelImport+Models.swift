internal import ConvolutionalNetworks
internal import NetworkFormats

extension ModelImport {
  /// Adds a model's layers, whose names get the prefix, and returns the values that are its outputs.
  ///
  /// - Parameter reads: the values that its inputs stand for; `nil` where it has inputs of its own.
  mutating func add(
    _ model: ModelConfiguration, _ weights: ModelWeights, under prefix: String,
    reading reads: [String]?
  ) throws(KerasError.Problem) -> [String] {
    // Models may be nested deeply: each way has a small frame on the stack.
    model.outputs == nil
      ? try addSequence(model, weights, under: prefix, reading: reads)
      : try addGraph(model, weights, under: prefix, reading: reads)
  }

  /// Adds the layers of a Functional model, each behind those that it reads.
  private mutating func addGraph(
    _ model: ModelConfiguration, _ weights: ModelWeights, under prefix: String,
    reading reads: [String]?
  ) throws(KerasError.Problem) -> [String] {
    var values = try values(ofInputsOf: model, reads)
    for call in try calls(of: model, under: prefix, known: Set(values.keys)) {
      let configuration = model.layers[call.layer]
      let name = prefix + configuration.name + (call.number == 0 ? "" : ":\(call.number)")
      layer = name
      let written: [String]
      if configuration.className == "InputLayer" {
        if values[ValueReference(configuration.name)] != nil { continue }
        try appendInput(name, configuration)
        written = [name]
      } else {
        written = try addNaming(
          configuration, named: name, weights, call.arguments.mapValues { values[$0] })
      }
      for (tensor, value) in written.enumerated() {
        values[ValueReference(configuration.name, call: call.number, tensor: tensor)] = value
      }
    }
    return try outputs(of: model, values)
  }

  /// The values that stand for a model's inputs.
  private func values(ofInputsOf model: ModelConfiguration, _ reads: [String]?)
    throws(KerasError.Problem) -> [ValueReference: String]
  {
    guard let reads else { return [:] }
    guard let inputs = model.inputs, inputs.count == reads.count else {
      throw .configuration(
        key: "input_layers", reason: "the model is called with \(reads.count) values")
    }
    return Dictionary(zip(inputs, reads)) { _, last in last }
  }

  /// One call of a layer: the layer's place in the model, which of its calls it is, and what it is given.
  private typealias LayerCall = (
    layer: Int, number: Int, arguments: CallArguments<ValueReference>
  )

  /// The calls of a model's layers, each behind those whose values it reads.
  private mutating func calls(
    of model: ModelConfiguration, under prefix: String, known: Set<ValueReference>
  ) throws(KerasError.Problem) -> [LayerCall] {
    var calls: [[CallArguments<ValueReference>]] = []
    for configuration in model.layers {
      layer = prefix + configuration.name
      calls.append(try model.calls(of: configuration))
    }
    let names = zip(model.layers, calls).map { ($0.name, $1.map(\.values)) }
    return try CallOrder(names, known: known).calls.map { call in
      let given = calls[call.layer]
      return (
        call.layer, call.number,
        given.isEmpty ? CallArguments(positional: [], named: [:]) : given[call.number]
      )
    }
  }

  /// The values that are a model's outputs.
  private func outputs(of model: ModelConfiguration, _ values: [ValueReference: String])
    throws(KerasError.Problem) -> [String]
  {
    var names: [String] = []
    for output in model.outputs ?? [] {
      guard let value = values[output] else {
        // One that an unsupported layer would write.
        if !unsupported.isEmpty { continue }
        throw .undefinedValue(output.layer)
      }
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
      value =
        try addNaming(
          configuration, named: name, weights,
          value.map { .value($0) } ?? CallArguments(positional: [], named: [:])
        ).first ?? value
    }
    guard let value else { throw .configuration(key: "layers", reason: "there are none") }
    return [value]
  }

  /// Adds a layer or a nested model and returns what it writes, but keeps in mind what is not supported: the layers behind
  /// it are looked at as if it passed its input on.
  ///
  /// - Parameter call: `nil` where it reads values of layers that are not supported.
  private mutating func addNaming(
    _ configuration: LayerConfiguration, named name: String, _ weights: ModelWeights,
    _ call: CallArguments<String>?
  ) throws(KerasError.Problem) -> [String] {
    let place = layer
    do throws(KerasError.Problem) {
      return try add(
        configuration, named: name, weights, call ?? CallArguments(positional: [], named: [:]))
    } catch {
      // A file may break rules and limits just because of what stands for an unsupported layer, but not by itself.
      if error.isUnsupported {
        unsupported.append(KerasError.Fault(layer: layer ?? name, problem: error))
      } else if unsupported.isEmpty || error.isLimit {
        throw error
      }
      layer = place
      return call?.values.first.map { [$0] } ?? []
    }
  }

  /// Adds a layer or a nested model and returns what it writes.
  mutating func add(
    _ configuration: LayerConfiguration, named name: String, _ weights: ModelWeights,
    _ call: CallArguments<String>
  ) throws(KerasError.Problem) -> [String] {
    try countCall()
    guard let json = configuration.model else {
      return try add(configuration, named: name, weights.weights(of: configuration), call)
    }
    return try addModel(configuration, json, named: name, weights, call)
  }

  /// Adds a nested model and returns what it writes.
  private mutating func addModel(
    _ configuration: LayerConfiguration, _ json: JSONValue, named name: String,
    _ weights: ModelWeights, _ call: CallArguments<String>
  ) throws(KerasError.Problem) -> [String] {
    try checkArguments(of: configuration, call)
    let model = try ModelConfiguration(json, kerasVersion: configuration.kerasVersion)
    let reads = call.values
    let outputs = try add(
      model, weights.nested(configuration.name, layers: model.layers), under: "\(name)/",
      reading: reads.isEmpty ? nil : reads)
    guard outputs.count == 1 else { return outputs }
    try append(name, Identity(kind: configuration.className), reading: outputs)
    return [name]
  }
}
