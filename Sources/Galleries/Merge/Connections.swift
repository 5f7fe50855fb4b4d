internal import ConvolutionalNetworks

/// What the units of a gallery are connected to by the weights of convolutions and dense layers.
///
/// A unit of a layer without weights, such as a rectified one or one of several maps put side by side, has those of the layer
/// that computes it.
struct Connections {
  /// The strongest of each unit, to those before and to those behind it.
  private(set) var before: [UnitFlow.Place: [GalleryManifest.Connection]] = [:]
  private(set) var after: [UnitFlow.Place: [GalleryManifest.Connection]] = [:]

  /// How many are told, each way.
  private static let count = 8

  init(of plan: GalleryPlan, in network: NeuralNetwork, _ flow: UnitFlow) {
    let shown = Set(plan.layers.map(\.position))
    // The units of the gallery that each unit of a layer with weights is shown as.
    var shownAs: [UnitFlow.Place: [UnitFlow.Place]] = [:]
    for layer in plan.layers {
      let value = network.layers[layer.position].outputs[0]
      for unit in 0..<layer.unitCount {
        guard let computed = flow.origin(of: value, unit: unit, stoppingAt: { _ in false })
        else { continue }
        shownAs[computed, default: []].append(.init(position: layer.position, unit: unit))
      }
    }
    let chosen = Set(
      plan.layers.flatMap { layer in
        layer.units.map { UnitFlow.Place(position: layer.position, unit: $0) }
      })
    func name(_ place: UnitFlow.Place) -> String { network.layers[place.position].name }
    var behind: [UnitFlow.Place: Largest<GalleryManifest.Connection>] = [:]
    for (position, layer) in network.layers.enumerated() {
      guard layer.operation is Convolution || layer.operation is Dense else { continue }
      let map = layer.operation is Dense ? flow.map(flattenedTo: layer.inputs[0]) : nil
      guard
        let strengths = WeightStrengths(
          layer.operation, map: map.map { ($0.channels, $0.isByChannels) })
      else { continue }
      let origins = (0..<strengths.channelCount).map {
        flow.origin(of: map?.value ?? layer.inputs[0], unit: $0, stoppingAt: shown.contains)
      }
      for unit in 0..<strengths.unitCount {
        let places = (shownAs[.init(position: position, unit: unit)] ?? []).filter(chosen.contains)
        guard !places.isEmpty else { continue }
        var best = Largest<GalleryManifest.Connection>(Self.count)
        for channel in strengths.channels(of: unit) {
          guard let origin = origins[channel] else { continue }
          let weight = strengths[unit, channel]
          best.insert(
            .init(layer: name(origin), unit: origin.unit, weight: weight), rank: abs(weight))
        }
        for place in places { before[place] = best.values }
      }
      for (channel, origin) in origins.enumerated() {
        guard let origin, chosen.contains(origin) else { continue }
        var best = behind[origin] ?? Largest(Self.count)
        for unit in strengths.units(reading: channel) {
          let own = UnitFlow.Place(position: position, unit: unit)
          let target = shownAs[own]?.first ?? own
          let weight = strengths[unit, channel]
          best.insert(
            .init(layer: name(target), unit: target.unit, weight: weight), rank: abs(weight))
        }
        behind[origin] = best
      }
    }
    after = behind.mapValues(\.values)
  }
}
