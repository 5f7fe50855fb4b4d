import ArgumentParser
import ConvolutionalNetworks
import FeatureVisualization
import RecipeLanguage

/// What pictures are asked about, on a command line: a class, a unit of any layer, or an objective.
struct QuestionOptions: ParsableArguments {
  /// The heading in help.
  static let title = "The question"

  @Option(
    name: .customLong("class"),
    help: """
      The class, by label or by number; for each picture the one that the network names first unless given.
      """)
  var unit: UnitID?

  @Option(
    parsing: .unconditional,
    help: """
      The layer whose unit --class names: a name, or a position. The scores of the classes, without their softmax or \
      sigmoid, unless given. Of a feature map the mean over its positions is asked about.
      """)
  var target: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Any objective in place of a class: \"channel(conv2, 3) - channel(conv2, 7)\".",
      valueName: "expression"))
  var objective: String?

  @Flag(help: "Show what speaks against it instead.")
  var against = false

  func validate() throws {
    if objective != nil, unit != nil || target != nil {
      throw ValidationError("--objective names its layers itself: leave --class and --target out")
    }
  }

  /// What is asked, and of which network.
  struct Asked {
    let network: NeuralNetwork
    let objective: Objective
    /// What people call it, for each picture.
    let titles: [String]
  }

  /// - Parameter pictures: `[1, H, W, C]` each.
  /// - Throws: `VisualizationError` for a class or a layer that is not there, `ToolError` where no class is named first.
  func asked(
    about pictures: [Tensor], in subject: PictureNetwork, _ context: RecipeContext
  ) throws -> Asked {
    if let objective {
      let read = try Objective(objective, in: context)
      guard !read.terms.isEmpty else { throw ToolError("--objective: it raises nothing") }
      return Asked(
        network: subject.network, objective: against ? -read : read,
        titles: pictures.map { _ in objective })
    }
    var network = subject.network
    if target == nil {
      network.tellScoreOutput()
      network = try network.replacingFinalActivations()
    }
    let layer = target.map { LayerID(argument: $0, in: network) } ?? network.scoreLayer
    let units = try pictures.map { picture in
      if let unit { return try network.unit(unit, of: layer) }
      return try first(at: layer, of: network, picture, subject)
    }
    let labels = try network.labels(of: layer)
    return Asked(
      network: network,
      objective: objective(layer, units),
      titles: units.map { unit in
        let label = labels.flatMap { $0.indices.contains(unit) ? $0[unit] : nil }
        return (against ? "not " : "") + (label ?? "unit \(unit)")
      })
  }

  private func objective(_ layer: LayerID, _ units: [Int]) -> Objective {
    let raised =
      Set(units).count == 1
      ? ActivationMaximization(layer: layer, units: units[0])
      : ActivationMaximization(layer: layer, eachOf: units)
    return against ? -raised : raised.objective
  }

  /// The unit of the largest number.
  private func first(
    at layer: LayerID, of network: NeuralNetwork, _ picture: Tensor, _ subject: PictureNetwork
  ) throws -> Int {
    let scores = try network.evaluate(picture, at: layer, heldInputs: subject.held)
    guard scores.count == scores.shape.last, let unit = scores.span.topIndices(1).first else {
      throw ToolError(
        "--target \(target ?? "\(layer)"): it is a map \(scores.shape), which names no class first; say which unit with --class"
      )
    }
    return unit
  }
}
