internal import RecipeLanguage

/// What `manifest.json` says of a merged gallery; Docs/Galleries.md describes it.
struct GalleryManifest: Encodable {
  /// The number of this schema.
  let schema = 1
  let name: String
  let network: String
  let recipe: Recipe
  let files: [String: String]
  let version: String
  let instructionSet: String
  let layers: [Layer]

  init(_ plan: GalleryPlan, _ layers: [Layer]) {
    (name, network, recipe, files) = (plan.name, plan.network, plan.recipe, plan.files)
    (version, instructionSet) = (plan.version, plan.instructionSet)
    self.layers = layers
  }

  /// A layer with its units.
  struct Layer: Encodable {
    let name: String
    /// The place among the network's layers.
    let position: Int
    /// The kind of its operation.
    let kind: String
    /// How many units it has, drawn or not.
    let unitCount: Int
    let units: [Unit]
  }

  /// A unit.
  struct Unit: Encodable {
    let unit: Int
    /// The class that it stands for.
    let label: String?
    let seed: UInt64
    /// The objective for the picture; none where nothing could be drawn.
    let score: Float?
    let files: [String: UnitRecord.File]
    let curve: [UnitRecord.Point]
    let warnings: [String]
    let failure: String?
    /// Units of the layer that respond most alike, the most first.
    let neighbours: [Neighbour]
    /// Units before and behind it with the largest weights between.
    let before: [Connection]
    let after: [Connection]
  }

  /// A unit that responds alike.
  struct Neighbour: Encodable, Equatable {
    let unit: Int
    /// The cosine of both units' mean responses to all pictures of the layer, −1…1.
    let cosine: Float
  }

  /// A unit at the other end of weights.
  struct Connection: Encodable, Equatable {
    let layer: String
    let unit: Int
    /// The weight; of a kernel of several positions the root of the sum of squares, with the sign of the sum.
    let weight: Float
  }
}
