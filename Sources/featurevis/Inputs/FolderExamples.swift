import ConvolutionalNetworks
import FeatureVisualization
import NaturalExamples
import PictureFiles
import SilentUnits

/// The pictures of a folder that each drawn unit responds to most.
final class FolderExamples {
  private let path: String
  private let subject: PictureNetwork
  private let extent: PictureExtent
  private let memory: Int?
  private let pictures: ExamplePictures
  private let layer: LayerID
  /// The units that are drawn alone.
  private let units: [UnitID]
  /// `nil` where no unit is drawn alone.
  private let found: NaturalExamples?
  /// The same of the value before the activation, once a unit is silent: the folder is gone through once for all of them.
  private var before: NaturalExamples?

  /// The examples beside a drawn picture.
  static let count = 5
  /// The pictures that a silent unit is climbed from.
  private static let startCount = 8
  /// The share of a drawn picture's activation below which a folder's best is told to be of something else.
  private static let hardly: Float = 0.1

  /// - Parameters:
  ///   - layer: whose units are drawn.
  ///   - drawings: of those that are one unit alone the best pictures are found.
  /// - Throws: `PictureFolderError` for a folder without pictures, `ToolError` where none can be read.
  init(
    _ path: String, of layer: LayerID, _ drawings: [Drawing], for subject: PictureNetwork,
    memory: Int?, _ progress: ProgressOptions
  ) throws {
    let size = try drawings.lazy.compactMap(\.recipe.size).first.flatMap {
      try PictureExtent($0, "size")
    }
    let extent = try subject.pictureExtent(size)
    units = drawings.compactMap(\.singleUnit).map(UnitID.index)
    (self.path, self.layer, self.subject, self.extent) = (path, layer, subject, extent)
    self.memory = memory
    pictures = try ExamplePictures(in: path, for: subject, extent, progress)
    found =
      try units.isEmpty
      ? nil
      : Self.search(
        subject.network, layer, units, Self.count, pictures, subject, extent, memory)
    guard found?.pictureCount != 0 else {
      throw ToolError("--pictures \(path): none of its pictures can be read")
    }
  }

  private static func search(
    _ network: NeuralNetwork, _ layer: LayerID, _ units: [UnitID], _ count: Int,
    _ pictures: ExamplePictures, _ subject: PictureNetwork, _ extent: PictureExtent, _ memory: Int?
  ) throws -> NaturalExamples {
    let search = try NaturalExampleSearch(
      network, layer: layer, units: units, count: count, height: extent.height,
      width: extent.width, heldInputs: subject.held, memoryLimit: memory)
    _ = try pictures.feed(search, state: nil, every: 1000)
    return try search.examples()
  }

  /// What is known of a drawn unit; `nil` where several are drawn together, or a part of a layer.
  func examples(of drawing: Drawing) -> UnitExamples? {
    guard let unit = drawing.singleUnit else { return nil }
    return found?.units.first { $0.unit == unit }
  }

  /// The pictures that raise the value before the activation of silent units most.
  func starts(for search: SilentUnitSearch) throws -> [Tensor] {
    let wanted = search.units.part == nil ? search.units.unitsByPicture[0] : []
    let isKnown = wanted.count == 1 && units.contains(wanted[0])
    let examples =
      if isKnown, let before { before } else {
        try Self.search(
          search.beforeActivation?.network ?? search.network,
          search.beforeActivation?.layer ?? search.units.layer, isKnown ? units : wanted,
          Self.startCount, pictures, subject, extent, memory)
      }
    if isKnown { before = examples }
    // Units that are raised together have their best pictures one after the other.
    let shown = examples.units.filter { !isKnown || wanted == [.index($0.unit)] }
    var names: [String] = []
    for place in 0..<Self.startCount {
      for unit in shown where unit.best.indices.contains(place) {
        if !names.contains(unit.best[place].name) { names.append(unit.best[place].name) }
      }
    }
    return names.prefix(Self.startCount).compactMap { pictures.picture(named: $0) }
  }

  /// A row of a sheet: the drawn picture and the examples.
  func row(of drawing: Drawing, drawn: Tensor) -> ExampleRow {
    guard let examples = examples(of: drawing) else {
      return ExampleRow(drawn: drawn, titled: drawing.caption, count: Self.count)
    }
    return ExampleRow(
      of: examples, titled: drawing.caption, count: Self.count, from: pictures, whole: false,
      drawn: drawn)
  }

  /// Tells where the folder's pictures raise a unit next to not at all, beside what was drawn.
  func warn(of drawing: Drawing, drawn picture: Tensor) throws {
    guard let found, let examples = examples(of: drawing), let best = examples.best.first else {
      return
    }
    let shown = picture.resizedToFill(height: extent.height, width: extent.width)
    let map = try subject.network.evaluate(shown, at: layer, heldInputs: subject.held)
    let units = map.shape.last ?? 1
    let elements = map.elements
    let highest = stride(from: examples.unit, to: elements.count, by: units)
      .reduce(-Float.infinity) { max($0, elements[$1]) }
    guard highest > 0, best.value < Self.hardly * highest else { return }
    StandardStreams.printError(
      """
      warning: of \(found.pictureCount) pictures in '\(path)' none raises \(drawing.title) above \(best.value.short), and the \
      drawn picture \(highest.short): its units hardly respond to them; pictures of another subject may do
      """)
  }
}

extension Drawing {
  /// The unit of a layer that is drawn alone; `nil` where several are, or a part of a layer, or another objective.
  fileprivate var singleUnit: Int? {
    guard let target, target.units.count == 1, target.part == nil else { return nil }
    return target.units[0]
  }
}
