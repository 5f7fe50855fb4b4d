import ConvolutionalNetworks

/// What a step has to do however it is done: the operations of its sums, and the numbers it cannot but move.
struct WorkFigures: Encodable {
  /// Operations forward and back in units of 10⁹; a multiply-add is two.
  let gigaflop: Double
  /// Megabytes of weights, read once forward and once back; of the last layer the rows that are computed.
  let weightMegabytes: Double
  /// Megabytes of the layers' values and gradients, each written and read once.
  let valueMegabytes: Double

  init(_ program: Program, _ network: NeuralNetwork, bytesPerDenseWeight: Int) throws {
    let needed = try network.summary(inputShapes: program.inputShapes)
    let last = program.taps[0].layer
    var (multiplyAdds, weights, values) = (0.0, 0.0, 0.0)
    for layer in needed {
      let units = program.computedUnitShare(of: layer)
      let share = program.computedShare(of: layer)
      multiplyAdds += 2 * share * Double(layer.multiplyAdds)
      let bytes = layer.operation == "Dense" ? bytesPerDenseWeight : 4
      weights += 2 * units * Double(layer.parameterCount * bytes)
      values += share * Double(layer.outputShape?.reduce(1, *) ?? 0)
      if layer.name == last { break }
    }
    gigaflop = multiplyAdds * 2 / 1e9
    weightMegabytes = weights / 1e6
    valueMegabytes = values * 4 * 4 / 1e6
  }
}

extension Program {
  /// What the program computes of a layer's output, as a share of all.
  func computedShare(of layer: LayerSummary) -> Double {
    computedUnitShare(of: layer) * (computedPositionShares[layer.name] ?? 1)
  }

  /// The units of a layer that the program computes, as a share of all.
  func computedUnitShare(of layer: LayerSummary) -> Double {
    guard let count = computedUnitCounts[layer.name], let all = layer.outputShape?.last else {
      return 1
    }
    return Double(count) / Double(max(1, all))
  }
}
