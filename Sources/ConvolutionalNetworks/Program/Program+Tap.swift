extension Program.Tap {
  /// A tap as it is handed out.
  ///
  /// - Parameters:
  ///   - shape: of what is computed.
  ///   - units: those that are, and how many there are.
  ///   - positions: the rectangle that is computed, and the shape of the whole map with those units.
  /// - Throws: `VisualizationError` for a unit or a position that the layer does not have.
  init(
    _ request: TapRequest, layer: String, shape: [Int], units: (units: [Int], unitCount: Int)?,
    positions: (region: MapRegion, shape: [Int])?
  ) throws(VisualizationError) {
    self.layer = layer
    self.shape = shape
    self.units = units?.units
    region = positions?.region
    unitCount = units?.unitCount ?? shape.last ?? 1
    wholeShape = (positions?.shape ?? shape).dropLast() + (shape.isEmpty ? [] : [unitCount])
    for unit in request.units ?? [] where !(0..<unitCount).contains(unit) {
      throw .unitOutOfRange(unit: unit, layer: "\(request.layer)", count: unitCount)
    }
    for position in request.positions ?? [] {
      try position.validate(in: wholeShape, layer: "\(request.layer)")
    }
  }
}
