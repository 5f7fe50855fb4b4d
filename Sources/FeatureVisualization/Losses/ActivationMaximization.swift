/// Raises the activation of units: `− Σ_units mean over positions of activation[unit]`.
///
/// Several units are raised together in one picture, as keras-vis does; `eachOf` raises one set of units in
/// each picture of a batch. A border of positions can be left out, as keras.io does against edge artefacts.
/// Erhan et al. 2009; https://github.com/raghakot/keras-vis.
public struct ActivationMaximization: Loss {
  /// The layer looked at, of any kind.
  public let layer: LayerID
  /// The units for each picture of the batch; one entry serves all pictures. Empty sets stand for all units.
  public let unitsByPicture: [[UnitID]]
  /// Positions at each edge of a feature map that do not count.
  public let border: Int
  /// The labels that a unit was found by, and how many there are: the layer must have as many units.
  private var found: (label: String, count: Int)?

  /// Raises `units` together in every picture; no units stands for all of them.
  public init(layer: LayerID, units: [UnitID] = [], border: Int = 0) {
    self.init(layer: layer, eachOf: [units], border: border)
  }

  /// Raises `units` together in every picture; no units stands for all of them.
  @_disfavoredOverload
  public init(layer: LayerID, units: some Sequence<Int>, border: Int = 0) {
    self.init(layer: layer, eachOf: [units.map(UnitID.index)], border: border)
  }

  /// Raises `units[n]` in picture `n`.
  public init(layer: LayerID, eachOf units: [[UnitID]], border: Int = 0) {
    self.layer = layer
    unitsByPicture = units
    self.border = border
  }

  /// Raises `units[n]` in picture `n`.
  @_disfavoredOverload
  public init(layer: LayerID, eachOf units: [[Int]], border: Int = 0) {
    self.init(layer: layer, eachOf: units.map { $0.map(UnitID.index) }, border: border)
  }

  public var name: String { "ActivationMaximization" }
  public var subjects: [LossSubject] { [.layer(layer)] }

  public var unitsRead: [Int]? {
    let units = unitsByPicture.joined()
    // A label is no number yet.
    guard !unitsByPicture.contains(where: \.isEmpty), units.allSatisfy({ $0.index != nil }) else {
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
        if case .label(let label) = unit { found = (label, network.labels?.count ?? 0) }
        do throws(NetworkError) { indices.append(.index(try network.unit(unit))) } catch {
          throw .network(error)
        }
      }
      resolved.append(indices)
    }
    var result = Self(layer: layer, eachOf: resolved, border: border)
    result.found = found
    return result
  }

  public func validate(_ shapes: [[Int]]) throws(VisualizationError) {
    let shape = shapes[0]
    let count = shape.last ?? 1
    for unit in unitsByPicture.joined() {
      switch unit {
      case .index(let index):
        guard (0..<count).contains(index) else {
          throw .network(.unitOutOfRange(unit: index, layer: "\(layer)", count: count))
        }
      case .label(let label): throw .network(.missingLabels(wanted: label))
      }
    }
    if let found, found.count != count {
      throw .network(
        .labelsOfOtherLayer(
          wanted: found.label, layer: "\(layer)", units: count, labels: found.count))
    }
    guard unitsByPicture.count == 1 || unitsByPicture.count == shape[0] else {
      throw .invalidArgument(
        "eachOf", "\(unitsByPicture.count) sets of units for \(shape[0]) pictures")
    }
    guard border >= 0, border == 0 || positions(shape).allSatisfy({ !$0.isEmpty }) else {
      throw .invalidArgument("border", "\(border) leaves nothing of layer '\(layer)', \(shape)")
    }
  }

  public func selecting(_ pictures: [Int]) -> Self? {
    guard unitsByPicture.count > 1 else { return self }
    return Self(layer: layer, eachOf: pictures.map { unitsByPicture[$0] }, border: border)
  }

  public func evaluate(_ tensors: [TappedTensor], scale: Float) -> [Float] {
    let tensor = tensors[0]
    let counted = positions(tensor.shape)
    let channels = tensor.unitCount
    return (0..<tensor.pictureCount).map { picture in
      let chosen = unitsByPicture[unitsByPicture.count == 1 ? 0 : picture]
      let units = chosen.isEmpty ? Array(0..<channels) : chosen.compactMap(\.index)
      return tensor.withPicture(picture) { values, gradient in
        let share = 1 / Float(counted[0].count * counted[1].count)
        var sum = 0.0
        for y in counted[0] {
          for x in counted[1] {
            let cell = (y * counted[1].full + x) * channels
            for unit in units {
              sum += Double(values[cell + unit])
              gradient[cell + unit] -= scale * share
            }
          }
        }
        return Float(-sum * Double(share))
      }
    }
  }

  /// The rows and columns that count; axes of no feature map count as rows of one column.
  private func positions(_ shape: [Int]) -> [CountedRange] {
    let spatial = Array(shape.dropFirst().dropLast())
    let width = spatial.count >= 2 ? spatial[spatial.count - 1] : 1
    let height = spatial.reduce(1, *) / max(width, 1)
    let isMap = spatial.count == 2
    return [
      CountedRange(full: height, border: isMap ? border : 0),
      CountedRange(full: width, border: isMap ? border : 0),
    ]
  }

  /// Positions along an axis without the border.
  private struct CountedRange: Sequence {
    let full: Int
    let border: Int
    var count: Int { Swift.max(0, full - 2 * border) }
    var isEmpty: Bool { count == 0 }
    func makeIterator() -> Range<Int>.Iterator {
      (border..<Swift.max(border, full - border)).makeIterator()
    }
  }
}
