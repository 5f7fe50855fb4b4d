public import ConvolutionalNetworks
public import FeatureVisualization

/// Looks through a stream of pictures for those to which the units of a layer respond most.
///
///     let search = try NaturalExampleSearch(network, layer: "mixed4d", units: [97, 112])
///     for photo in photos { try search.add(photo.pixels, named: photo.name) }
///     let examples = try search.examples()
///
/// Pictures go forward in batches through a program that is compiled once, and nothing of them is kept but names: memory
/// does not grow with the stream, but for the cells of histograms. What comes out does not depend on the batch, and a search
/// that is saved and resumed finds the same to the last bit. One task at a time may use it.
public final class NaturalExampleSearch {
  /// The layer's name.
  public let layer: String
  /// The units that are looked at.
  public let units: [Int]
  /// The units that the layer has.
  public var unitCount: Int { evaluator.layers[0].unitCount }
  /// The pictures kept for each unit.
  public let count: Int
  /// The size of the pictures that `add` takes.
  public var size: PictureSize { evaluator.size }
  /// The pictures that go forward at once; fewer than asked for where memory is short.
  public var batch: Int { evaluator.pictureCount }
  /// The items of the stream up to now, skipped ones included.
  public internal(set) var seenCount = 0

  private let network: NeuralNetwork
  private let heldInputs: [String: Tensor]
  var records: [UnitRecord]
  var names = NameDigest()
  var skippedCount = 0
  var skipped: [SkippedPicture] = []

  /// What tells the network and what other inputs hold; weights are read once.
  private(set) lazy var networkDigest = NetworkDigest.text(of: network, heldInputs: heldInputs)

  private let evaluator: LayerEvaluator
  /// Where the units asked for lie among those of the output.
  private let places: [Int]
  private let fields: ReceptiveFields
  /// The pictures in the batch that have not gone forward yet.
  private var waiting: [(name: String, order: Int)] = []

  /// - Parameters:
  ///   - layer: the layer, of any kind; of one without positions the activation itself is the maximum.
  ///   - units: by index or by label; all of the layer unless given.
  ///   - count: the best pictures kept for each unit.
  ///   - height: the height of the pictures; what the network declares unless given.
  ///   - width: the width of the pictures.
  ///   - batch: the pictures that go forward at once; fewer where they would take more memory than there is.
  ///   - heldInputs: constant values of the network's other inputs, channels last.
  ///   - memoryLimit: the bytes that a run may take; half of those that the system lets the process have unless given.
  /// - Throws: `VisualizationError` for a layer or unit that is not there, and where the network cannot take such pictures.
  public init<Units: UnitsConvertible>(
    _ network: NeuralNetwork, layer: LayerID, units: Units = AllUnits.all, count: Int = 9,
    height: Int? = nil, width: Int? = nil, batch: Int = 8, heldInputs: [String: Tensor] = [:],
    memoryLimit: Int? = nil
  ) throws(VisualizationError) {
    guard count > 0 else { throw .invalidArgument("count", "\(count) is not positive") }
    guard batch > 0 else { throw .invalidArgument("batch", "\(batch) is not positive") }
    var asked: [Int] = []
    for unit in units.unitIDs {
      let index = try network.unit(unit, of: layer)
      if !asked.contains(index) { asked.append(index) }
    }
    evaluator = try Self.evaluator(
      network, TapRequest(layer, units: asked.isEmpty ? nil : asked), height, width, batch: batch,
      heldInputs,
      memoryLimit)
    let tap = evaluator.layers[0]
    if let labels = try network.labels(of: layer), labels.count != tap.unitCount {
      // A label names a class, and this layer's units are others.
      for case .label(let label) in units.unitIDs {
        throw .labelsOfOtherLayer(
          wanted: label, layer: tap.layer, units: tap.unitCount, labels: labels.count)
      }
    }
    if asked.isEmpty { asked = Array(0..<tap.unitCount) }
    guard !asked.isEmpty, tap.shape.reduce(1, *) > 0 else {
      throw .invalidArgument("layer", "layer '\(tap.layer)' of shape \(tap.shape) has no units")
    }
    self.layer = tap.layer
    self.units = asked
    places = asked.map { unit in tap.units?.firstIndex(of: unit) ?? unit }
    fields = try ReceptiveFields(
      of: layer, in: network, input: evaluator.input.name, shapes: evaluator.inputShapes)
    records = asked.map { _ in UnitRecord() }
    (self.network, self.count, self.heldInputs) = (network, count, heldInputs)
  }

  private static func evaluator(
    _ network: NeuralNetwork, _ tap: TapRequest, _ height: Int?, _ width: Int?, batch: Int,
    _ heldInputs: [String: Tensor], _ memoryLimit: Int?
  ) throws(VisualizationError) -> LayerEvaluator {
    do throws(VisualizationError) {
      return try LayerEvaluator(
        network, layers: [tap], height: height, width: width, count: batch, heldInputs: heldInputs,
        memoryLimit: memoryLimit)
    } catch {
      guard case .tooMuchMemory = error, batch > 1 else { throw error }
      return try evaluator(
        network, tap, height, width, batch: batch / 2, heldInputs, memoryLimit)
    }
  }

  /// Looks at the next picture of the stream.
  ///
  /// - Parameters:
  ///   - picture: `[1, H, W, C]` or `[H, W, C]` of the search's `size`, 0…1; grey ones, of one channel, for a network of
  ///     colours too.
  ///   - name: what tells it from others: a path, mostly.
  /// - Throws: `VisualizationError` for a picture of another size or range, which then counts as not handed in.
  public func add(_ picture: Tensor, named name: String) throws(VisualizationError) {
    let picture = picture.rank == 3 ? picture.reshaped(to: [1] + picture.shape) : picture
    try evaluator.setPicture(waiting.count, to: picture)
    waiting.append((name, seenCount))
    note(name)
    if waiting.count == evaluator.pictureCount { flush() }
  }

  /// Passes over the next item of the stream, of which there is no picture.
  public func skip(_ name: String, because reason: String) {
    if skipped.count < Self.mostSkipped { skipped.append(.init(name: name, reason: reason)) }
    skippedCount += 1
    note(name)
  }

  /// What was found up to now; more pictures may follow.
  ///
  /// - Complexity: O(units · count · layers).
  public func examples() throws(VisualizationError) -> NaturalExamples {
    flush()
    var known: [Int: MapRegion] = [:]
    var found: [UnitExamples] = []
    for (unit, record) in zip(units, records) {
      var best: [NaturalExample] = []
      for one in record.best {
        let field: MapRegion
        if let region = known[one.place] {
          field = region
        } else {
          field = try self.field(one.place)
        }
        known[one.place] = field
        best.append(
          NaturalExample(
            name: one.name, order: one.order, value: one.value, position: position(one.place),
            field: field))
      }
      found.append(
        UnitExamples(
          unit: unit, best: best, mean: record.mean, maxima: record.maxima,
          nonFiniteCount: record.nonFiniteCount))
    }
    return NaturalExamples(
      layer: layer, size: size, pictureCount: seenCount - skippedCount, skippedCount: skippedCount,
      skipped: skipped, units: found)
  }

  /// The names of skipped pictures that are kept.
  static let mostSkipped = 1000

  /// The positions of the layer's output.
  var positionCount: Int { max(1, evaluator.layers[0].shape.dropFirst().dropLast().reduce(1, *)) }

  private func note(_ name: String) {
    names.add(name)
    seenCount += 1
  }

  /// Sends the pictures forward that wait for a whole batch.
  func flush() {
    guard !waiting.isEmpty else { return }
    evaluator.forward()
    let positions = positionCount
    evaluator.withOutput(0) { output in
      let width = evaluator.layers[0].shape.last ?? 1
      for (row, item) in waiting.enumerated() {
        let map = UnsafeBufferPointer(
          rebasing: output[row * positions * width..<(row + 1) * positions * width])
        let maxima = UnitMaxima(map, units: width)
        for (number, place) in places.enumerated() {
          records[number].add(
            maxima.values[place], of: item.name, order: item.order, keeping: count
          ) { maxima.position(of: place, in: map) }
        }
      }
    }
    waiting.removeAll(keepingCapacity: true)
  }

  private func position(_ place: Int) -> MapPosition? {
    let shape = evaluator.layers[0].shape
    guard shape.count > 2 else { return nil }
    let width = shape.count == 4 ? shape[2] : 1
    return .cell(row: place / width, column: place % width)
  }

  /// What a position sees of the picture; all of it where that cannot be told.
  private func field(_ place: Int) throws(VisualizationError) -> MapRegion {
    guard fields.hasPositions, evaluator.input.shape.count == 4, let position = position(place)
    else { return MapRegion(rows: 0..<size.height, columns: 0..<size.width) }
    return try fields.field(at: position)
  }
}
