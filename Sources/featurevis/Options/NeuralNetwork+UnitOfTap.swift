import ConvolutionalNetworks

extension NeuralNetwork {
  /// The index of a unit of `tap` that a command line gives by index or by label.
  ///
  /// - Throws: `VisualizationError` for a unit that the layer does not have, or a label that is no class of it.
  func unit(_ id: UnitID, of tap: Program.Tap) throws(VisualizationError) -> Int {
    try unit(id, of: tap.layer, unitCount: tap.unitCount)
  }

  /// As `unit(_:of:)`, for a layer, or a part of one, of so many units.
  func unit(_ id: UnitID, of layer: String, unitCount: Int) throws(VisualizationError) -> Int {
    let index = try unit(id)
    if case .label(let label) = id, let labels, labels.count != unitCount {
      throw .labelsOfOtherLayer(
        wanted: label, layer: layer, units: unitCount, labels: labels.count)
    }
    guard (0..<unitCount).contains(index) else {
      throw .unitOutOfRange(unit: index, layer: layer, count: unitCount)
    }
    return index
  }
}
