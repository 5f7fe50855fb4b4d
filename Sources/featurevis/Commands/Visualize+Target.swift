import ConvolutionalNetworks
import FeatureVisualization

extension Visualize {
  /// The layer, the units and the position that a command line asks for, all of them known to exist: a picture made
  /// before an error is a surprise.
  struct Target {
    let layer: String
    let groups: [[UnitID]]
    /// The row and the column of the only position that counts.
    let position: [Int]?

    /// - Throws: `NetworkError` for a layer, a unit or a position that is not there; `ToolError` where no unit is asked
    ///   for and the network may have thousands.
    init(
      layer id: LayerID, units: UnitGroups?, position: MapPosition?, in network: NeuralNetwork,
      side: Int?
    ) throws {
      // Only shapes are asked of it: no weights are put in the order of products.
      let program = try Program(
        network, inputShapes: try network.exampleInputShapes(side: side), taps: [id],
        options: .init(differentiatedInputs: [], arithmetic: .plain))
      let tap = program.taps[0]
      guard let units else {
        throw ToolError("say which units: --units 130,20, or --units all (\(tap.unitCount) here)")
      }
      self.layer = tap.layer
      groups = units.groups(of: tap.unitCount, in: network)
      self.position = try position?.cell(of: tap)
      for unit in groups.joined() { _ = try network.unit(unit, of: tap) }
    }

    /// `flamingo`, `1+zebra`.
    func name(of group: [UnitID]) -> String {
      group.map(\.description).joined(separator: "+")
    }
  }
}
