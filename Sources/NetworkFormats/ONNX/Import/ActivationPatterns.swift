import ConvolutionalNetworks

/// Finds activations that an exporter wrote as several nodes, so that they become one layer and
/// modifiers of backpropagation see an activation.
struct ActivationPatterns {
  private var layers: [Layer?]
  private(set) var producers: [String: Int] = [:]
  private(set) var useCounts: [String: Int] = [:]

  init(_ layers: [Layer], outputs: [String]) {
    self.layers = layers
    for (position, layer) in layers.enumerated() {
      for output in layer.outputs { producers[output] = position }
      let read = layer.inputs + layer.operation.valuesWhoseShapesMatter
      for value in read { useCounts[value, default: 0] += 1 }
    }
    for output in outputs { useCounts[output, default: 0] += 1 }
  }

  /// The layers with every pattern replaced by an activation of its last node's name.
  mutating func simplifiedLayers() -> [Layer] {
    for position in layers.indices {
      guard let layer = layers[position], let (function, input) = activation(endingAt: position)
      else { continue }
      let replacement = Layer(
        layer.name, Activation(function), inputs: [input], outputs: layer.outputs)
      useCounts[input, default: 0] += 1
      remove(position)
      layers[position] = replacement
    }
    return layers.compactMap(\.self)
  }

  /// Takes a layer out, and with it those that only it read.
  private mutating func remove(_ position: Int) {
    var pending = [position]
    while let position = pending.popLast() {
      guard let layer = layers[position] else { continue }
      layers[position] = nil
      for input in layer.inputs {
        useCounts[input, default: 1] -= 1
        if useCounts[input] == 0, let producer = producers[input] { pending.append(producer) }
      }
    }
  }

  /// The activation that the layers ending at `position` amount to, and the value it acts on.
  private func activation(endingAt position: Int) -> (ActivationFunction, input: String)? {
    guard let product = product(endingAt: position) else { return nil }
    let factors = product.values
    if factors.count == 1, product.isAbout(1 / 6), let input = shiftedClip(factors[0]) {
      return (.hardSigmoid(alpha: 1 / 6, beta: 0.5), input)
    }
    guard factors.count == 2 else { return nil }
    for (x, gate) in [(factors[0], factors[1]), (factors[1], factors[0])] {
      if product.isAbout(1), gateInput(gate, { $0 == .sigmoid }) == x { return (.silu, x) }
      if product.isAbout(1), gateInput(gate, Self.isSwishGate) == x { return (.hardSwish, x) }
      if product.isAbout(1), saturatedSoftplus(gate) == x { return (.mish, x) }
      if product.isAbout(1 / 6), shiftedClip(gate) == x { return (.hardSwish, x) }
      if product.isAbout(0.5), shiftedErrorFunction(gate) == x {
        return (.gelu(approximate: false), x)
      }
      if product.isAbout(0.5), shiftedSaturation(gate) == x { return (.gelu(approximate: true), x) }
    }
    return nil
  }

  /// A product of values and a constant factor.
  struct Product {
    var factor = 1.0
    var values: [String] = []

    /// Whether the factor is `number` in half precision at least.
    func isAbout(_ number: Double) -> Bool { areClose(factor, number) }
  }

  /// The most multiplications on the way from a product to one of its factors. No pattern has as many, and long chains
  /// of products are not walked from each of their links.
  private static let deepestProduct = 8
  /// The most factors that a pattern has, and one more.
  private static let mostFactors = 4

  /// The product that the multiplications and divisions ending at `position` compute.
  func product(endingAt position: Int, depth: Int = 0) -> Product? {
    guard let layer = layers[position], let arithmetic = layer.operation as? Arithmetic else {
      return nil
    }
    var product = Product()
    switch arithmetic.operator {
    case .multiply:
      for input in layer.inputs { multiply(&product, by: input, depth) }
    case .divide:
      guard let divisor = number(layer.inputs[1]) else { return nil }
      multiply(&product, by: layer.inputs[0], depth)
      product.factor /= divisor
    case .add, .subtract, .maximum, .minimum, .power, .remainder, .modulo: return nil
    }
    return product
  }

  private func multiply(_ product: inout Product, by value: String, _ depth: Int) {
    guard product.values.count < Self.mostFactors else { return }
    if let number = number(value) {
      product.factor *= number
    } else if depth < Self.deepestProduct, useCounts[value] == 1, let producer = producers[value],
      let inner = self.product(endingAt: producer, depth: depth + 1)
    {
      product.factor *= inner.factor
      product.values += inner.values
    } else {
      product.values.append(value)
    }
  }

  /// The input of a gate that nothing else reads, if its activation is as wanted.
  func gateInput(_ value: String, _ isWanted: (ActivationFunction) -> Bool) -> String? {
    guard let layer = soleUse(value), let activation = layer.operation as? Activation,
      isWanted(activation.function)
    else { return nil }
    return layer.inputs[0]
  }

  private static func isSwishGate(_ function: ActivationFunction) -> Bool {
    guard case .hardSigmoid(let alpha, let beta) = function else { return false }
    return areClose(Double(alpha), 1 / 6) && areClose(Double(beta), 0.5)
  }

  /// The x in `tanh(softplus(x))`.
  private func saturatedSoftplus(_ value: String) -> String? {
    gateInput(value, { $0 == .tanh }).flatMap { gateInput($0, { $0 == .softplus }) }
  }

  /// The x in `clip(x + 3, 0, 6)`.
  private func shiftedClip(_ value: String) -> String? {
    guard let sum = gateInput(value, { $0 == .relu6 }) else { return nil }
    return summand(of: sum, besides: 3)
  }

  /// The x in `x + number`.
  func summand(of value: String, besides number: Double) -> String? {
    guard let layer = soleUse(value), let sum = layer.operation as? Arithmetic, sum.operator == .add
    else { return nil }
    for (x, other) in [(layer.inputs[0], layer.inputs[1]), (layer.inputs[1], layer.inputs[0])] {
      if let constant = self.number(other), areClose(constant, number) { return x }
    }
    return nil
  }

  /// The layer that writes a value which is read once.
  func soleUse(_ value: String) -> Layer? {
    useCounts[value] == 1 ? producers[value].flatMap { layers[$0] } : nil
  }

  /// The number that a value is, unless it would add axes to what it is combined with.
  func number(_ value: String) -> Double? {
    guard let position = producers[value], let constant = layers[position]?.operation as? Constant,
      constant.value.count == 1, constant.value.rank <= 1
    else { return nil }
    return Double(constant.value.elements[0])
  }
}

/// Whether two numbers are the same in half precision, which some files are stored in.
private func areClose(_ left: Double, _ right: Double) -> Bool {
  abs(left - right) <= 5e-4 * abs(right)
}
