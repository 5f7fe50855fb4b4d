internal import ConvolutionalNetworks

extension Activation: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    let form = graph.form(of: layer.inputs[0])
    let input = graph.read(layer.inputs[0], form)
    let output = graph.write(layer.outputs[0], form)
    graph.add(function, input, output, of: layer.inputs[0], form, named: layer.name)
  }
}

extension Identity: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    let form = graph.form(of: layer.inputs[0])
    graph.add(
      "Identity", [graph.read(layer.inputs[0], form)], [graph.write(layer.outputs[0], form)])
  }
}

extension GraphExport {
  /// Adds a node that applies an activation to `input`, which has the shape of `value` in `form`.
  mutating func add(
    _ function: ActivationFunction, _ input: String, _ output: String, of value: String,
    _ form: Form,
    named name: String
  ) {
    switch function {
    case .linear: add("Identity", [input], [output])
    case .relu: add("Relu", [input], [output])
    case .clip(let minimum, let maximum):
      let bounds = [("minimum", minimum), ("maximum", maximum)].map { key, bound in
        bound.isFinite ? initializer("\(name).\(key)", Tensor(shape: [], elements: [bound])) : ""
      }
      add("Clip", [input] + (bounds[1].isEmpty ? [bounds[0]] : bounds), [output])
    case .leakyReLU(let slope): add("LeakyRelu", [input], [output], ["alpha": .float(slope)])
    case .parametricReLU(let slopes):
      let placed = broadcast(slopes, against: value, form)
      add("PRelu", [input, initializer("\(name).slopes", placed)], [output])
    case .elu(let alpha): add("Elu", [input], [output], ["alpha": .float(alpha)])
    case .celu(let alpha): add("Celu", [input], [output], ["alpha": .float(alpha)])
    case .selu(let alpha, let scale):
      add("Selu", [input], [output], ["alpha": .float(alpha), "gamma": .float(scale)])
    case .thresholdedReLU(let threshold):
      add("ThresholdedRelu", [input], [output], ["alpha": .float(threshold)])
    case .gelu(let approximate):
      add("Gelu", [input], [output], ["approximate": .string(approximate ? "tanh" : "none")])
    case .swish(let alpha):
      // Operator set 24 has a Swish; this way older runtimes read it as well.
      var argument = input
      if alpha != 1 {
        argument = unused("\(name)/scaled")
        let factor = initializer("\(name).alpha", Tensor(shape: [], elements: [alpha]))
        add("Mul", [input, factor], [argument])
      }
      let gate = unused("\(name)/gate")
      add("Sigmoid", [argument], [gate])
      add("Mul", [input, gate], [output])
    case .mish: add("Mish", [input], [output])
    case .hardSwish: add("HardSwish", [input], [output])
    case .hardSigmoid(let alpha, let beta):
      add("HardSigmoid", [input], [output], ["alpha": .float(alpha), "beta": .float(beta)])
    case .sigmoid: add("Sigmoid", [input], [output])
    case .tanh: add("Tanh", [input], [output])
    case .softsign: add("Softsign", [input], [output])
    case .softplus: add("Softplus", [input], [output])
    case .softmax(let axis):
      add("Softmax", [input], [output], ["axis": .int(self.axis(axis, of: value, form))])
    case .logSoftmax(let axis):
      add("LogSoftmax", [input], [output], ["axis": .int(self.axis(axis, of: value, form))])
    }
  }

  /// The name under which a layer with an activation of its own writes what the activation reads.
  mutating func outputBeforeActivation(_ function: ActivationFunction, of layer: Layer) -> String {
    function == .linear ? layer.outputs[0] : unused("\(layer.name)/linear")
  }
}
