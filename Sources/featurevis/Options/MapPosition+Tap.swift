import ConvolutionalNetworks

extension MapPosition {
  /// The row and the column in the map of a tap, wholly computed or not.
  ///
  /// - Throws: `VisualizationError` where it has no such position.
  func cell(of tap: Program.Tap) throws(VisualizationError) -> [Int] {
    try validate(in: tap.wholeShape, layer: tap.layer)
    return cell(in: tap.wholeShape).map { [$0.row, $0.column] } ?? []
  }
}
