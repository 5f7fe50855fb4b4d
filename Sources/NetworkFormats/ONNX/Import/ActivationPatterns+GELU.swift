import ConvolutionalNetworks

/// The gates of GELU as exporters write them, each plus 1: half of x times that is the activation.
extension ActivationPatterns {
  /// The x in `erf(x / √2) + 1`.
  func shiftedErrorFunction(_ value: String) -> String? {
    guard let error = summand(of: value, besides: 1), let layer = soleUse(error),
      layer.operation as? MathFunction == .errorFunction, useCounts[layer.inputs[0]] == 1,
      let scaling = producers[layer.inputs[0]], let product = product(endingAt: scaling),
      product.isAbout(0.5.squareRoot()), product.values.count == 1
    else { return nil }
    return product.values[0]
  }

  /// The x in `tanh(√(2 / π) · (x + 0.044715 · x³)) + 1`.
  func shiftedSaturation(_ value: String) -> String? {
    guard let saturation = summand(of: value, besides: 1),
      let scaled = gateInput(saturation, { $0 == .tanh }), useCounts[scaled] == 1,
      let scaling = producers[scaled], let product = product(endingAt: scaling),
      product.isAbout((2 / Double.pi).squareRoot()), product.values.count == 1,
      let sum = soleUse(product.values[0]), (sum.operation as? Arithmetic)?.operator == .add
    else { return nil }
    let (left, right) = (sum.inputs[0], sum.inputs[1])
    return isCubicTerm(right, of: left) ? left : isCubicTerm(left, of: right) ? right : nil
  }

  /// Whether a value is `0.044715 · x³`, the cube written as a power or as a product.
  private func isCubicTerm(_ value: String, of x: String) -> Bool {
    guard useCounts[value] == 1, let producer = producers[value],
      let product = product(endingAt: producer), product.isAbout(0.044715)
    else { return false }
    if product.values == [x, x, x] { return true }
    guard product.values.count == 1, let cube = soleUse(product.values[0]),
      (cube.operation as? Arithmetic)?.operator == .power
    else { return false }
    return cube.inputs[0] == x && number(cube.inputs[1]) == 3
  }
}
