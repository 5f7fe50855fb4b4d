import ConvolutionalNetworks

extension NeuralNetwork {
  /// The index of a unit of `tap` that a command line gives by index or by label.
  ///
  /// - Throws: `VisualizationError` for a unit that the layer does not have, or a label that is no class of it.
  func unit(_ id: UnitID, of tap: Program.Tap) throws(VisualizationError) -> Int {
    let index = try unit(id)
    if case .label(let label) = id, let labels, labels.count != tap.unitCount {
      throw .labelsOfOtherLayer(
        wanted: label, layer: tap.layer, units: tap.unitCount, labels: labels.count)
    }
    guard (0..<tap.unitCount).contains(index) else {
      throw .unitOutOfRange(unit: index, layer: tap.layer, count: tap.unitCount)
    }
    return index
  }
}
