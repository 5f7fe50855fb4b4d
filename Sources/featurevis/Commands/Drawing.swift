import ConvolutionalNetworks
import FeatureVisualization
import RecipeLanguage

/// What one call of the library draws: a picture of units, or the pictures of an objective.
struct Drawing {
  /// What people read beside the picture.
  private(set) var caption: String
  /// What messages call it.
  private(set) var title: String
  /// What names of files are made of.
  private(set) var stem: String
  /// The recipe as text that draws it again.
  let recipe: Recipe
  let objective: Objective
  let preset: Preset
  /// One for each picture.
  let seeds: [UInt64]
  /// The units of a layer, where those are what is drawn.
  let target: UnitTarget?

  /// Units of a layer, at one position or everywhere.
  struct UnitTarget {
    let layer: String
    let units: [Int]
    /// The labels of the units, where the layer's units are classes that have some.
    let labels: [String]?
    /// How many classes the layer's units are; `nil` where they are none.
    let classCount: Int?
    /// The row and the column of the only position that counts.
    let position: [Int]?
    /// The head and the tokens that count.
    let part: String?
  }
}

extension Drawing {
  /// A picture of what raises some units of a layer.
  init(
    units group: [UnitID], of target: Visualize.Target, in network: NeuralNetwork,
    _ preset: Preset, _ recipe: Recipe
  ) throws {
    var (preset, recipe) = (preset, recipe)
    let name = group.map(\.description).joined(separator: "+")
    let cell = target.position.map { MapPosition.cell(row: $0[0], column: $0[1]) }
    // A neuron has another position in a picture that is cropped.
    if cell != nil {
      preset.crop = 0
      recipe.crop = 0
    }
    let part = target.attention.part
    objective = preset.objective(of: target.id, eachOf: [group], at: cell, in: part)
    recipe.objective = Self.expression(group, target, preset)
    let seed = recipe.seed ?? 0
    (self.preset, self.recipe, seeds) = (preset, recipe, [seed])
    (caption, title) = (name, "\(target.layer) \(name)")
    let place =
      target.position.map { "-at-" + $0.map(String.init).joined(separator: "-") }
      ?? part.map { "-in-\($0)" } ?? ""
    stem = "\(target.layer)-\(name)\(place)"
    let units = try group.map(network.unit)
    self.target = UnitTarget(
      layer: target.layer, units: units,
      labels: target.classCount == nil ? nil : network.labels.map { all in units.map { all[$0] } },
      classCount: target.classCount, position: target.position, part: part?.description)
  }

  /// The same, told from what other recipes draw.
  func named(by recipe: String) -> Drawing {
    var drawing = self
    drawing.caption = "\(recipe): \(caption)"
    drawing.title = "\(recipe) \(title)"
    drawing.stem = "\(recipe)-\(stem)"
    return drawing
  }

  /// The pictures that raise an objective.
  init(objective: Objective, _ text: String, _ preset: Preset, _ recipe: Recipe) {
    self.objective = objective
    (self.preset, self.recipe) = (preset, recipe)
    (caption, title, stem) = (text, text, text)
    let seed = recipe.seed ?? 0
    seeds = (0..<UInt64(recipe.pictures ?? 1)).map { seed &+ $0 }
    target = nil
  }

  /// How an objective of units is written.
  private static func expression(_ group: [UnitID], _ target: Visualize.Target, _ preset: Preset)
    -> String
  {
    func quoted(_ text: String) -> String {
      "\""
        + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        + "\""
    }
    let units = group.map { unit in
      switch unit {
      case .index(let index): "\(index)"
      case .label(let label): quoted(label)
      }
    }
    var arguments = [quoted(target.layer), "[\(units.joined(separator: ", "))]"]
    if let position = target.position { arguments.append("at: [\(position[0]), \(position[1])]") }
    arguments += target.attention.expressions
    let isWhole = target.position == nil && target.attention.part == nil
    if preset.border > 0, isWhole { arguments.append("border: \(preset.border)") }
    let channel = "channel(\(arguments.joined(separator: ", ")))"
    guard let share = preset.activationShare(of: [group], isWhole: isWhole) else { return channel }
    let likelihood = "cross-entropy(\(quoted(target.layer)), \(units[0]))"
    return share > 0 ? "\(likelihood) + \(share) * \(channel)" : likelihood
  }
}
