internal import CFVFiles
internal import CFVProcessor
public import ConvolutionalNetworks
internal import Foundation
internal import NaturalExamples
public import RecipeLanguage

/// What a gallery shows, and all that decides on the bytes of its pictures.
public struct GalleryPlan: Sendable, Equatable, Codable {
  /// The network's name, for people.
  public let name: String
  /// The digest of the network's layers, weights and preprocessing, and of what its other inputs hold.
  public let network: String
  /// How every unit is drawn; its seed is what the units' own follow from.
  public let recipe: Recipe
  /// The digests of the files that the recipe names.
  public let files: [String: String]
  /// The version of the package that draws.
  public let version: String
  /// The instruction set that it draws with.
  public let instructionSet: String
  /// The layers, in the network's order.
  public let layers: [Layer]

  /// Units of a layer.
  public struct Layer: Sendable, Equatable, Codable {
    /// The layer's name.
    public let name: String
    /// Its place among the network's layers.
    public let position: Int
    /// How many units it has.
    public let unitCount: Int
    /// Those that are drawn, ascending.
    public let units: [Int]
  }

  /// The most units of a gallery.
  public static let mostUnits = 10_000_000

  /// A plan for units of layers.
  ///
  /// - Parameters:
  ///   - network: the network as it is drawn: softmax functions that shall not be raised are linear already.
  ///   - name: what people call it.
  ///   - recipe: how units are drawn. It says no objective, and how large pictures are.
  ///   - files: the digests of the files that the recipe names, by the names that it has for them.
  ///   - layers: those that are drawn; all that have weights, convolutions and dense layers, where none are given.
  ///   - units: which of their units.
  ///   - heldInputs: what the network's other inputs hold.
  /// - Throws: `GalleryError` for a pattern that no layer fits, `VisualizationError` for shapes that the network cannot take.
  public init(
    of network: NeuralNetwork, named name: String, recipe: Recipe, files: [String: String] = [:],
    layers patterns: [LayerPattern] = [], units: UnitSelection = .all,
    heldInputs: [String: Tensor] = [:]
  ) throws {
    self.name = name
    self.network = NetworkDigest.text(of: network, heldInputs: heldInputs)
    (self.recipe, self.files) = (recipe, files)
    version = Self.packageVersion
    instructionSet = String(cString: cfv_instruction_set())
    if recipe.objective != nil { throw GalleryError.recipe("it draws units, and no objective") }
    if recipe.pictures ?? 1 != 1 { throw GalleryError.recipe("each unit has one picture") }
    let inputShapes = try network.inputShapes(for: recipe, heldInputs: heldInputs)
    layers = try network.layers(matching: patterns, inputShapes).map { layer in
      Layer(
        name: network.layers[layer.position].name, position: layer.position,
        unitCount: layer.unitCount, units: units.units(of: layer.unitCount))
    }.filter { !$0.units.isEmpty }
    guard !layers.isEmpty else { throw GalleryError.layers("no layer has such units") }
    let count = layers.reduce(0) { $0 + $1.units.count }
    guard count <= Self.mostUnits else {
      throw GalleryError.layers("\(count) units are more than the \(Self.mostUnits) of a gallery")
    }
  }

  /// The version of the package, of which the changelog tells.
  static let packageVersion = "unreleased"

  /// All units, in order.
  public var units: [GalleryUnit] {
    layers.flatMap { layer in layer.units.map { GalleryUnit(layer: layer.name, unit: $0) } }
  }

  /// The units of a shard, in order.
  func units(of shard: Shard) -> [GalleryUnit] {
    units.enumerated().filter { shard.contains($0.offset) }.map(\.element)
  }

  /// The digest of what decides on the bytes of a picture, beside its unit: records of another key are of other pictures.
  var key: String {
    var hash = SHA256()
    for (_, text) in deciding {
      (Array(text.utf8) + [0]).withUnsafeBytes { hash.append($0) }
    }
    return String(hash.hexadecimal().prefix(16))
  }

  /// What another plan has otherwise, in words; empty where both draw the same.
  func differences(from other: GalleryPlan) -> [String] {
    var differences: [String] = []
    for ((what, own), (_, others)) in zip(deciding, other.deciding) where own != others {
      // Of digests the first digits tell enough.
      let length = what == "network" ? 12 : 200
      differences.append("the \(what) is \(others.prefix(length)), and was \(own.prefix(length))")
    }
    let (own, others) = (Set(units), Set(other.units))
    if own != others {
      let (added, left) = (others.subtracting(own).count, own.subtracting(others).count)
      differences.append("the units are others: \(added) more, and \(left) left out")
    }
    return differences
  }

  /// What decides on the bytes of pictures, as texts.
  private var deciding: [(what: String, text: String)] {
    [
      ("network", network), ("recipe", JSONText.line(recipe)),
      ("recipe's files", JSONText.line(files)),
      ("package's version", version), ("instruction set", instructionSet),
    ]
  }
}
