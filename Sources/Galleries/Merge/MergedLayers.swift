internal import ConvolutionalNetworks
internal import Foundation
internal import PictureFiles

/// The layers of a gallery with all that is known of their units, in order.
struct MergedLayers {
  private(set) var layers: [GalleryManifest.Layer] = []

  init(
    _ plan: GalleryPlan, _ paths: GalleryPaths, _ records: [GalleryUnit: UnitRecord],
    _ setting: MergeSetting
  ) throws {
    let network = setting.network
    let shapes = try network.inferShapes(
      network.logicalInputShapes(plan.inputShapes(in: network, setting.heldInputs))
    ).shapes
    let flow = UnitFlow(network, shapes: shapes)
    let connections = Connections(of: plan, in: network, flow)
    for layer in plan.layers {
      let own = layer.units.compactMap { records[GalleryUnit(layer: layer.name, unit: $0)] }
      let files = own.compactMap { record in
        record.files["picture"].map { PictureFile(paths.folder.appendingPathComponent($0.path)) }
      }
      let neighbours = try MeanResponses(of: layer, to: files, setting).map(Neighbours.init)
      let drawn = own.filter { $0.score != nil }.map(\.unit.unit)
      let labels = try network.labels(ofUnitsAt: layer, flow)
      layers.append(
        GalleryManifest.Layer(
          name: layer.name, position: layer.position,
          kind: network.layers[layer.position].operation.kind, unitCount: layer.unitCount,
          units: own.map { record in
            let unit = record.unit.unit
            let place = UnitFlow.Place(position: layer.position, unit: unit)
            return GalleryManifest.Unit(
              unit: unit, label: labels?[unit], seed: record.seed, score: record.score,
              files: record.files, curve: record.curve, warnings: record.warnings,
              failure: record.failure,
              neighbours: neighbours?.nearest(to: unit, among: drawn) ?? [],
              before: connections.before[place] ?? [], after: connections.after[place] ?? [])
          }))
    }
  }
}

extension NeuralNetwork {
  /// The names of the classes that the units of a layer stand for: of one whose units are the network's scores.
  fileprivate func labels(ofUnitsAt layer: GalleryPlan.Layer, _ flow: UnitFlow) throws -> [String]?
  {
    let id = LayerID.position(layer.position)
    guard let labels = try labels(of: id), labels.count == layer.unitCount, let scoreOutput,
      let origin = flow.origin(of: scoreOutput, unit: 0, stoppingAt: { $0 == layer.position }),
      origin.position == layer.position
    else { return nil }
    return labels
  }
}
