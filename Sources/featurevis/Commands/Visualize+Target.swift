import ConvolutionalNetworks
import FeatureVisualization

extension Visualize {
  /// The layer, the units, the position and the size that a command line asks for, all of them known to exist: a picture
  /// made before an error is a surprise.
  struct Target {
    let id: LayerID
    /// The layer as people call it.
    let layer: String
    let groups: [[UnitID]]
    /// The row and the column of the only position that counts.
    let position: [Int]?
    /// The head and the tokens that count.
    let attention: AttentionOptions
    let extent: PictureExtent
    /// How many classes the layer's units are; `nil` where they are none.
    let classCount: Int?

    /// - Throws: `VisualizationError` for a layer, a unit or a position that is not there; `ToolError` where no unit is asked
    ///   for and the network may have thousands.
    init(
      layer id: LayerID, units: UnitGroups?, position: MapPosition?, attention: AttentionOptions,
      in subject: PictureNetwork, extent: PictureExtent?, side: Int?, memoryLimit: Int?
    ) throws {
      let network = subject.network
      let tap: Program.Tap
      (self.extent, tap) = try Self.size(
        extent, side, subject, id, memoryLimit: memoryLimit)
      let unitCount =
        try attention.part?.unitCount(in: tap.wholeShape, layer: tap.layer) ?? tap.unitCount
      guard let units else {
        throw ToolError("say which units: --units 130,20, or --units all (\(unitCount) here)")
      }
      self.id = id
      if case .name(let name) = id { layer = name } else { layer = tap.layer }
      groups = units.groups(of: unitCount, in: network)
      self.position = try position?.cell(of: tap)
      self.attention = attention
      classCount =
        attention.part == nil && position == nil && network.areClasses(tap) ? unitCount : nil
      for unit in groups.joined() {
        _ = try network.unit(unit, of: tap.layer, unitCount: unitCount)
      }
    }

    /// The size of the picture and what the layer is at that size.
    private static func size(
      _ extent: PictureExtent?, _ side: Int?, _ subject: PictureNetwork, _ id: LayerID,
      memoryLimit: Int?
    ) throws -> (PictureExtent, Program.Tap) {
      func tap(_ extent: PictureExtent) throws -> (PictureExtent, Program.Tap) {
        // Only shapes are asked of it: no weights are put in the order of products.
        let program = try Program(
          subject.network, inputShapes: subject.inputShapes(extent), taps: [id],
          options: .init(
            differentiatedInputs: [], arithmetic: .plain, memoryLimit: memoryLimit))
        return (extent, program.taps[0])
      }
      let declared = Result { try subject.pictureExtent(extent) }
      if extent == nil, let side, subject.form.isPicture {
        // A recipe's own size is for layers that take any; what the network declares goes before an error.
        let own = PictureExtent(height: side, width: side)
        guard case .success = declared else { return try tap(own) }
        if let found = try? tap(own) { return found }
      }
      return try tap(try declared.get())
    }

    /// `flamingo`, `1+zebra`.
    func name(of group: [UnitID]) -> String {
      group.map(\.description).joined(separator: "+")
    }
  }
}
