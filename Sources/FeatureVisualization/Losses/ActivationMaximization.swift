/// Raises the activation of units: `− Σ_units mean over positions of activation[unit]`, or at one position
/// `− Σ_units activation[row, column, unit]`.
///
/// Several units are raised together in one picture, as keras-vis does; `eachOf` raises one set of units in
/// each picture of a batch. A border of positions can be left out, as keras.io does against edge artefacts. Units at
/// one position are neurons: only their receptive field is computed, and drawn. One that a ReLU silences at the start
/// has no gradient to climb; the layer before the activation mostly has.
/// Erhan et al. 2009; https://github.com/raghakot/keras-vis. Neurons: Olah et al. 2017,
/// https://distill.pub/2017/feature-visualization; https://github.com/tensorflow/lucid, `objectives.neuron`.
public struct ActivationMaximization: Loss {
  /// The layer looked at, of any kind.
  public let layer: LayerID
  /// The units for each picture of the batch; one entry serves all pictures. Empty sets stand for all units.
  public let unitsByPicture: [[UnitID]]
  /// Positions at each edge of a feature map, or at each end of a layer `[N, L, C]` over a signal, that do not count; an axis
  /// of one position does, and so do the tokens of a transformer of pictures.
  public let border: Int
  /// The only position of a feature map `[N, H, W, C]` that counts; `nil` for all but the border.
  public let position: MapPosition?
  /// The head and the tokens that count; `nil` for all.
  public let part: AttentionPart?
  /// The labels that a unit was found by, and how many there are: the layer must have as many units.
  private var found: (label: String, count: Int)?
  /// Whether lines of positions, `[N, L, C]`, have ends: those over a signal do.
  private var linesHaveEnds = true

  /// Raises `units` together in every picture, by default all of them.
  ///
  ///     ActivationMaximization(layer: "predictions", units: "zebra")
  ///     ActivationMaximization(layer: "inception_4c/3x3", units: 97, at: .center)
  ///     ActivationMaximization(layer: "encoder/layer_5", units: 12, in: .tokens(1...))
  ///     ActivationMaximization(layer: "attention", in: .head(3, of: 12))
  ///
  /// - Parameters:
  ///   - position: the only position of a feature map that counts.
  ///   - part: the head of attention, and the tokens, that count.
  ///   - border: positions at each edge of a feature map that do not count.
  public init<Units: UnitsConvertible>(
    layer: LayerID, units: Units = AllUnits.all, at position: MapPosition? = nil,
    in part: AttentionPart? = nil, border: Int = 0
  ) {
    self.init(layer, [units.unitIDs], border, position, part)
  }

  /// Raises a set of units in each picture: `eachOf: ["zebra", "flamingo"]`.
  ///
  /// - Parameters:
  ///   - groups: the units of each picture of the batch.
  ///   - position: the only position of a feature map that counts.
  ///   - part: the head of attention, and the tokens, that count.
  ///   - border: positions at each edge of a feature map that do not count.
  public init(
    layer: LayerID, eachOf groups: some UnitGroupsConvertible, at position: MapPosition? = nil,
    in part: AttentionPart? = nil, border: Int = 0
  ) {
    self.init(layer, groups.unitGroups, border, position, part)
  }

  private init(
    _ layer: LayerID, _ units: [[UnitID]], _ border: Int, _ position: MapPosition?,
    _ part: AttentionPart?
  ) {
    self.layer = layer
    unitsByPicture = units
    self.border = border
    self.position = position
    self.part = part
  }

  public var name: String { "ActivationMaximization" }
  public var subjects: [LossSubject] {
    [.layer(layer, units: unitsRead, positions: position.map { [$0] })]
  }

  private var unitsRead: [Int]? {
    let units = unitsByPicture.joined()
    // A label is no number yet, nor is a unit of a head.
    guard !(part?.isAmongChannels ?? false), !unitsByPicture.contains(where: \.isEmpty),
      units.allSatisfy({ $0.index != nil })
    else {
      return nil
    }
    return Set(units.compactMap(\.index)).sorted()
  }

  public func resolved(in network: NeuralNetwork) throws(VisualizationError) -> Self {
    var found = found
    var resolved: [[UnitID]] = []
    for units in unitsByPicture {
      var indices: [UnitID] = []
      for unit in units {
        if case .label(let label) = unit {
          found = (label, try network.labels(of: layer)?.count ?? 0)
        }
        indices.append(.index(try network.unit(unit, of: layer)))
      }
      resolved.append(indices)
    }
    var result = Self(layer, resolved, border, position, part)
    result.found = found
    result.linesHaveEnds = network.inputs.contains { $0.shape.count == 3 }
    return result
  }

  public func validate(_ shapes: [[Int]]) throws(VisualizationError) {
    let shape = shapes[0]
    let place = try part?.place(in: shape, layer: "\(layer)")
    let count = place?.units.count ?? shape.last ?? 1
    for unit in unitsByPicture.joined() {
      switch unit {
      case .index(let index):
        guard (0..<count).contains(index) else {
          throw .unitOutOfRange(unit: index, layer: "\(layer)", count: count)
        }
      case .label(let label): throw .missingLabels(wanted: label)
      }
    }
    if let found, found.count != count {
      throw .labelsOfOtherLayer(
        wanted: found.label, layer: "\(layer)", units: count, labels: found.count)
    }
    guard unitsByPicture.count == 1 || unitsByPicture.count == shape[0] else {
      throw .invalidArgument(
        "eachOf", "\(unitsByPicture.count) sets of units for \(shape[0]) pictures")
    }
    try position?.validate(in: shape, layer: "\(layer)")
    guard part == nil || (position == nil && border == 0) else {
      throw .invalidArgument("in", "a part of layer '\(layer)' has neither a position nor a border")
    }
    guard border >= 0, border == 0 || counted(shape).region.count > 0 else {
      throw .invalidArgument("border", "\(border) leaves nothing of layer '\(layer)', \(shape)")
    }
  }

  public func selecting(_ pictures: [Int]) -> Self? {
    guard unitsByPicture.count > 1 else { return self }
    guard pictures.allSatisfy(unitsByPicture.indices.contains) else { return nil }
    var result = Self(layer, pictures.map { unitsByPicture[$0] }, border, position, part)
    result.linesHaveEnds = linesHaveEnds
    return result
  }

  public func values(_ tensors: TappedTensors) -> [Float] {
    let tensor = tensors[0]
    let (counted, width, units) = counted(tensor.shape)
    let channels = tensor.unitCount
    return (0..<tensor.pictureCount).map { picture in
      let values = tensor[picture: picture]
      var sum = 0.0
      for y in counted.rows {
        for x in counted.columns {
          let cell = (y * width + x) * channels
          forEachUnit(of: picture, among: units) { sum += Double(values[cell + $0]) }
        }
      }
      return Float(-sum * Double(1 / Float(counted.count)))
    }
  }

  public func addGradients(
    of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
  ) {
    guard gradients.isWanted(0) else { return }
    let (counted, width, units) = counted(tensors[0].shape)
    let channels = tensors[0].unitCount
    let share = 1 / Float(counted.count)
    for (picture, scale) in scales.enumerated() {
      var gradient = gradients[0, picture: picture]
      for y in counted.rows {
        for x in counted.columns {
          let cell = (y * width + x) * channels
          forEachUnit(of: picture, among: units) { gradient[cell + $0] -= scale * share }
        }
      }
    }
  }

  private func forEachUnit(
    of picture: Int, among units: Range<Int>, _ body: (_ unit: Int) -> Void
  ) {
    let chosen = unitsByPicture[unitsByPicture.count == 1 ? 0 : picture]
    if chosen.isEmpty { for unit in units { body(unit) } }
    for case .index(let unit) in chosen { body(units.lowerBound + unit) }
  }

  /// The rows and columns that count, the columns there are, and the units that count; axes of no feature map count as rows
  /// of one column, as the positions of a signal `[N, L, C]` do.
  private func counted(_ shape: [Int]) -> (region: MapRegion, width: Int, units: Range<Int>) {
    let width = shape.count >= 4 ? shape[shape.count - 2] : 1
    let units = 0..<(shape.last ?? 1)
    if let place = try? part?.place(in: shape, layer: "\(layer)") {
      return (place.region, width, place.units)
    }
    let height = shape.dropFirst().dropLast().reduce(1, *) / max(width, 1)
    if let cell = position?.cell(in: shape) {
      return (
        MapRegion(rows: cell.row..<cell.row + 1, columns: cell.column..<cell.column + 1), width,
        units
      )
    }
    let hasEdges = shape.count == 4 || (shape.count == 3 && linesHaveEnds)
    func counted(_ extent: Int) -> Range<Int> {
      let first = hasEdges && extent > 1 ? border : 0
      return first..<max(first, extent - first)
    }
    return (MapRegion(rows: counted(height), columns: counted(width)), width, units)
  }
}
