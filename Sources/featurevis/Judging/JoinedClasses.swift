import ConvolutionalNetworks
import FeatureVisualization
import PictureJudging
import RecipeLanguage

/// Several networks that draw one picture together: the same class is raised in each of them.
///
/// The objective is the mean of the networks' cross-entropies, `Σ log p_i(class) / n`. Logarithms of probabilities have one scale in
/// all networks, whatever that of their logits, and a network that is sure of the class already pulls no more: none
/// dominates.
struct JoinedClasses {
  /// The networks joined, which look at one picture.
  let subject: PictureNetwork
  private let judges: [Judge]
  /// The layer of logits of each, by its name in the joined network.
  private let layers: [String]
  /// The first network's layer as people call it.
  private let layer: String

  /// - Parameters:
  ///   - first: the network whose classes are asked for, with linear outputs.
  ///   - layer: its layer of logits.
  ///   - path: how it was named.
  ///   - others: files of the others, or networks in the box.
  /// - Throws: the reader's errors; `JudgingError` for networks that name no classes of pictures; `VisualizationError` for
  ///   such as cannot be joined.
  init(
    _ first: PictureNetwork, layer: LayerID, _ path: String, with others: [String],
    memory: ByteCount?
  ) throws {
    let extent = try? first.pictureExtent(nil)
    let names = Judges.names(of: [path] + others)
    var networks = [first.network]
    var logits = [try first.network.layer(layer).name]
    for other in others {
      let network = try NetworkFile(named: other, memory: memory).load()
      // Without its softmax it would be another layer.
      logits.append(try network.layer(network.scoreLayer).name)
      networks.append(try network.replacingFinalActivations())
    }
    judges = try zip(names, networks).map { name, network in
      try Judges.judge(network, named: name, extent, memory)
    }
    let joined = try NeuralNetwork(
      joining: zip(names, networks).map { name, network in
        JoinedNetwork(Self.partName(name), network)
      })
    layers = zip(names, logits).map { "\(Self.partName($0))/\($1)" }
    self.layer = logits[0]
    let specification = try InputSpecification()
    subject = PictureNetwork(
      network: joined, networkAsRead: joined, input: joined.inputs[0], specification: specification,
      form: try InputForm(joined.inputs[0], specification.channelOrder), held: [:])
  }

  /// A part's name stands before a slash.
  private static func partName(_ name: String) -> String { name.replacing("/", with: "_") }

  /// The class of each picture that `units` ask for, among the first network's.
  func classes(_ units: UnitGroups) throws -> [DrawnClass] {
    let first = judges[0]
    return try units.groups(of: first.classCount, in: first.network).map { group in
      guard group.count == 1 else {
        throw ToolError(
          "--with: '\(group.map(\.description).joined(separator: "+"))' is several classes; networks are joined for one"
        )
      }
      let unit = try first.network.unit(group[0], of: "", unitCount: first.classCount)
      return DrawnClass(first.labels?[unit], unit: unit, of: first.classCount)
    }
  }

  /// The picture of a class.
  ///
  /// - Throws: `JudgingError.unknownClass` naming the network that lacks it.
  func drawing(
    of drawn: DrawnClass, _ text: Recipe, _ preset: Preset, in context: RecipeContext
  ) throws -> Drawing {
    let panel = try JudgePanel(judges)
    try panel.settle(drawn)
    let matches = try panel.match(drawn)
    let terms = zip(layers, matches).map { "cross-entropy(\"\($0)\", \($1.unit))" }
    let expression = "(\(terms.joined(separator: " + "))) / \(layers.count)"
    var recipe = text
    recipe.objective = expression
    let name = drawn.name.split(separator: ",").first.map(String.init) ?? drawn.name
    return Drawing(
      caption: name, title: "\(name) in \(layers.count) networks", stem: "\(layer)-\(name)",
      recipe: recipe, objective: try Objective(expression, in: context), preset: preset,
      seeds: [text.seed ?? 0],
      target: .init(
        layer: layer, units: [drawn.unit ?? 0], labels: drawn.label.map { [$0] },
        classCount: drawn.classCount, position: nil, part: nil))
  }
}
