import ConvolutionalNetworks

/// What a step has to do however it is done: the operations of its sums, and the numbers it cannot but move.
struct WorkFigures: Encodable {
  /// Operations forward and back in units of 10⁹; a multiply-add is two.
  let gigaflop: Double
  /// Megabytes of weights, read once forward and once back; the unit's row alone of a last dense layer.
  let weightMegabytes: Double
  /// Megabytes of the layers' values and gradients, each written and read once.
  let valueMegabytes: Double

  init(_ program: Program, _ network: NeuralNetwork) throws {
    let needed = try network.summary(inputShapes: program.inputShapes)
    let last = program.taps[0].layer
    var multiplyAdds = 0
    var weights = 0
    var values = 0
    for layer in needed {
      // A gradient that is that of one unit reaches one row of the last layer's weights.
      let parameters = layer.parameterCount
      let back =
        layer.name == last && layer.operation == "Dense"
        ? parameters / max(1, layer.outputShape.last ?? 1) : parameters
      multiplyAdds += 2 * layer.multiplyAdds
      weights += parameters + back
      values += layer.outputShape.reduce(1, *)
      if layer.name == last { break }
    }
    gigaflop = Double(multiplyAdds) * 2 / 1e9
    weightMegabytes = Double(weights) * 4 / 1e6
    valueMegabytes = Double(values) * 4 * 4 / 1e6
  }
}
