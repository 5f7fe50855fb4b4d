internal import ConvolutionalNetworks

extension Recurrence: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    guard stepCount == nil else { throw .unsupported("\(kind) of some steps of a sequence") }
    let inputs = try inputs(layer, &graph)
    var attributes = try activationAttributes()
    attributes.append(("hidden_size", .int(units)))
    attributes.append(("direction", .string(isReversed ? "reverse" : "forward")))
    if let clip { attributes.append(("clip", .float(clip))) }
    switch cell {
    case .simple: break
    case .lstm(let couplesGates): attributes.append(("input_forget", .int(couplesGates ? 1 : 0)))
    case .gru(let resetAfter): attributes.append(("linear_before_reset", .int(resetAfter ? 1 : 0)))
    }
    // ONNX has an axis of directions, before the batch.
    let raw = layer.outputs.map { graph.unused("\($0)/directions") }
    graph.add(kind, inputs, raw, list: attributes)
    for (position, output) in layer.outputs.enumerated() {
      let axis = graph.initializer("\(output).direction", integers: [position == 0 ? 1 : 0])
      let written = graph.write(output, .logical)
      guard position == 0, sequenceAxis == 1 else {
        graph.add("Squeeze", [raw[position], axis], [written])
        continue
      }
      let steps = graph.unused("\(output)/steps")
      graph.add("Squeeze", [raw[position], axis], [steps])
      graph.add("Transpose", [steps], [written], ["perm": .ints([1, 0, 2])])
    }
  }

  private func inputs(_ layer: Layer, _ graph: inout GraphExport) throws(ONNXExportError.Problem)
    -> [String]
  {
    var sequence = graph.read(layer.inputs[0], .logical)
    if sequenceAxis == 1 {
      let turned = graph.unused("\(layer.name)/steps first")
      graph.add("Transpose", [sequence], [turned], ["perm": .ints([1, 0, 2])])
      sequence = turned
    }
    let rows = inputWeights.shape[0]
    var inputs = [
      sequence, weights("W", inputWeights, [1, rows, inputWeights.shape[1]], layer, &graph),
      weights("R", recurrentWeights, [1, rows, units], layer, &graph),
    ]
    if inputBias != nil || recurrentBias != nil {
      let none = Tensor(shape: [rows])
      let halves = [inputBias ?? none, recurrentBias ?? none].map {
        ordered($0.reshaped(to: [rows]))
      }
      let both = Tensor(shape: [1, 2 * rows], elements: halves.flatMap(\.elements))
      inputs.append(graph.initializer("\(layer.name).B", both))
    } else {
      inputs.append("")
    }
    inputs.append("")
    for (position, state) in layer.inputs.dropFirst().enumerated() {
      let axis = graph.initializer("\(layer.name).state \(position)", integers: [0])
      let directed = graph.unused("\(layer.name)/state \(position)")
      graph.add("Unsqueeze", [graph.read(state, .logical), axis], [directed])
      inputs.append(directed)
    }
    if let peepholes {
      while inputs.count < 7 { inputs.append("") }
      // Input, output, forget.
      let parts = peepholes.reshaped(to: [3, units]).elements
      let turned = [0, 2, 1].flatMap { parts[$0 * units..<($0 + 1) * units] }
      inputs.append(
        graph.initializer("\(layer.name).P", Tensor(shape: [1, 3 * units], elements: turned)))
    }
    while inputs.last == "" { inputs.removeLast() }
    return inputs
  }

  private func weights(
    _ name: String, _ tensor: Tensor, _ shape: [Int], _ layer: Layer, _ graph: inout GraphExport
  ) -> String {
    graph.initializer("\(layer.name).\(name)", ordered(tensor).reshaped(to: shape))
  }

  /// Rows of gates in ONNX' order: an LSTM's are input, output, forget and cell.
  private func ordered(_ tensor: Tensor) -> Tensor {
    guard cell.hasCell else { return tensor }
    let (elements, block) = (tensor.elements, tensor.count / 4)
    return Tensor(
      shape: tensor.shape,
      elements: [0, 3, 1, 2].flatMap { elements[$0 * block..<($0 + 1) * block] })
  }

  private func activationAttributes() throws(ONNXExportError.Problem) -> [(String, ONNXAttribute)] {
    var (names, alphas, betas): ([String], [Float], [Float]) = ([], [], [])
    for activation in activations {
      guard let (name, alpha, beta) = activation.onnx else {
        throw .unsupported("\(kind) with \(activation.function) in it")
      }
      names.append(name)
      if let alpha { alphas.append(alpha) }
      if let beta { betas.append(beta) }
    }
    var attributes: [(String, ONNXAttribute)] = [("activations", .strings(names))]
    if !alphas.isEmpty { attributes.append(("activation_alpha", .floats(alphas))) }
    if !betas.isEmpty { attributes.append(("activation_beta", .floats(betas))) }
    return attributes
  }
}

extension RecurrentActivation {
  /// The name in ONNX, with its numbers; `nil` where there is none.
  fileprivate var onnx: (name: String, alpha: Float?, beta: Float?)? {
    if function == .linear {
      return ("Affine", inputScale * outputScale, offset)
    }
    guard offset == 0 else { return nil }
    if function == .tanh, inputScale != 1 || outputScale != 1 {
      return ("ScaledTanh", outputScale, inputScale)
    }
    guard inputScale == 1, outputScale == 1 else { return nil }
    switch function {
    case .relu: return ("Relu", nil, nil)
    case .tanh: return ("Tanh", nil, nil)
    case .sigmoid: return ("Sigmoid", nil, nil)
    case .softsign: return ("Softsign", nil, nil)
    case .softplus: return ("Softplus", nil, nil)
    case .leakyReLU(let slope): return ("LeakyRelu", slope, nil)
    case .thresholdedReLU(let threshold): return ("ThresholdedRelu", threshold, nil)
    case .elu(let alpha): return ("Elu", alpha, nil)
    case .hardSigmoid(let alpha, let beta): return ("HardSigmoid", alpha, beta)
    default: return nil
    }
  }
}
