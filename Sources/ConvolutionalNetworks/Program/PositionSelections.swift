/// The taps of which a program computes a rectangle of positions only.
struct PositionSelections {
  /// The rectangle of such a tap, and the shape of its layer's map as it would be handed out with the units that are
  /// computed, by the value tapped.
  private(set) var byValue: [String: (region: MapRegion, shape: [Int])] = [:]
  /// The share of its positions that is computed of a layer, where not all are, by name.
  private(set) var computedShares: [String: Double] = [:]

  /// Takes out of a graph what the positions that taps read do not depend on.
  ///
  /// - Parameter values: the value of each tap. Taps of one value get the positions of all of them.
  init(_ taps: [TapRequest], _ values: [String], in graph: inout ProgramGraph) {
    guard taps.contains(where: { $0.positions != nil }) else { return }
    let maps = graph.featureMaps
    var wanted: [String: ValueRegion] = [:]
    let readersByValue = Dictionary(grouping: zip(taps, values), by: \.1)
    for (value, pairs) in readersByValue where maps.contains(value) {
      let readers = pairs.map(\.0)
      guard readers.allSatisfy({ $0.positions != nil }) else { continue }
      wanted[value] = graph.region(of: readers.flatMap { $0.positions ?? [] }, in: value)
    }
    let whole = graph
    let computed = graph.keepRegions(wanted)
    for value in wanted.keys {
      guard let shape = whole.shapes[value], let region = computed[value],
        !region.isWhole(of: shape)
      else { continue }
      byValue[value] = (
        graph.mapRegion(region, of: value), graph.presentedShape(shape, graph.layout(of: value))
      )
    }
    for node in whole.nodes {
      guard let shape = whole.shapes[node.outputs[0]], let region = computed[node.outputs[0]],
        !region.isWhole(of: shape)
      else { continue }
      computedShares[node.layer] =
        Double(region.shape.reduce(1, *)) / Double(shape.reduce(1, *))
    }
  }
}

extension ProgramGraph {
  /// The values that are handed out as `[N, H, W, C]`, or `[N, L, C]`.
  ///
  /// Where the channels come first, those are the values that the compiler lays out channels last; all
  /// others are handed out in the file's order.
  var featureMaps: Set<String> {
    let maps = nodes.flatMap(\.outputs).filter { (3...4).contains(shapes[$0]?.count ?? 0) }
    var channelsLast = mapInputs
    for node in nodes {
      guard let rank = shapes[node.outputs[0]]?.count, rank >= 3,
        let operation = node.operation as? any ArrangedOperation
      else { continue }
      let isMap =
        switch node.layout == .channelsLast ? .channelsLast : operation.arrangementRule {
        case .channelsLast: true
        case .following:
          node.inputs.contains { channelsLast.contains($0) && shapes[$0]?.count == rank }
        case .logical:
          (operation as? Transpose)?.makesFeatureMap == true
            && !channelsLast.contains(node.inputs[0])
        }
      if isMap { channelsLast.formUnion(node.outputs) }
    }
    return channelsLast.intersection(maps)
  }

  /// The smallest part of a feature map that has some positions; `nil` where there are none, or none there.
  func region(of positions: [MapPosition], in value: String) -> ValueRegion? {
    guard let shape = shapes[value] else { return nil }
    let layout = layout(of: value)
    let spatial = layout.spatialAxes(rank: shape.count)
    let cells = positions.map { $0.cell(in: presentedShape(shape, layout)) }
    var result: ValueRegion?
    for cell in cells {
      guard let cell else { return nil }
      var region = ValueRegion(whole: shape)
      for (axis, place) in zip(spatial, [cell.row, cell.column]) {
        region.axes[axis] = place..<(place + 1)
      }
      result = result?.union(region) ?? region
    }
    return result
  }

  /// The rectangle of positions in a part of a feature map.
  func mapRegion(_ region: ValueRegion, of value: String) -> MapRegion {
    let spatial = region.axes[layout(of: value).spatialAxes(rank: region.axes.count)]
    return MapRegion(rows: spatial.first ?? 0..<1, columns: spatial.dropFirst().first ?? 0..<1)
  }
}
