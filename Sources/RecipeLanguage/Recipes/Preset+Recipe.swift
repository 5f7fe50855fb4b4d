public import FeatureVisualization

extension Preset {
  /// The preset that a recipe names, with what the recipe changes.
  ///
  /// What is raised is not part of a preset (see `Objective.init(_:in:)`), nor are the number of pictures, their seed and
  /// what is done to the network first.
  ///
  /// - Throws: `RecipeError` for an expression that is wrong, `VisualizationError` for a preset that does not exist or
  ///   a number out of range.
  public init(_ recipe: Recipe, in context: RecipeContext = RecipeContext()) throws {
    try recipe.validatePhoto()
    let statistics = try recipe.statistics.map { try context.files.statistics($0) }
    self = try Self.basis(of: recipe, statistics: statistics, in: context)
    if let folder = recipe.naturalPictures, let pictures = try context.files.naturalPictures(folder)
    {
      take(pictures)
    }
    if let text = recipe.prior { regularizers = try Objective(text, in: context).asPrior }
    if let weight = recipe.totalVariation {
      regularizers.terms.removeAll { $0.loss is TotalVariation }
      regularizers = regularizers + weight * TotalVariation()
    }
    if let text = recipe.transform {
      inputModifiers = try context.list(text, of: .transformations).flatMap { $0 }
    }
    if let text = recipe.parameterization {
      parameterization = try context.value(text, of: .parameterizations)
    }
    if let text = recipe.projection { projections = try context.list(text, of: .projections) }
    if let text = recipe.gradModifier {
      let modifiers = try context.list(text, of: .gradModifiers)
      gradModifier = modifiers.count > 1 ? SequentialGradModifier(modifiers) : modifiers.first
    }
    if let text = recipe.backprop {
      backpropModifier = text.isEmpty ? nil : try context.backpropModifier(text)
    }
    if let text = recipe.optimizer { optimizer = try context.optimizer(text) }
    if let text = recipe.schedule { try setLearningRate(text, context) }
    iterations = recipe.iterations ?? iterations
    views = recipe.views ?? views
    border = recipe.border ?? border
    crop = recipe.crop ?? crop
    if let sides = recipe.size {
      let (height, width) = try Self.sides(sides, "size")
      size = InputSize(height: height, width: width)
    }
    if let sides = recipe.canvas {
      let (height, width) = try Self.sides(sides, "canvas")
      canvas = Canvas(height: height, width: width)
    }
    if let path = recipe.start { start = .picture(try context.files.picture(path)) }
    // Each octave is drawn by all of what has been said.
    if let path = recipe.photo, !recipe.isAccentuation {
      self = try octaves(
        of: context.files.picture(path), count: recipe.octaves ?? 4,
        factor: Double(recipe.octaveFactor ?? 1.4))
    }
  }

  /// The preset that a recipe names, with the statistics that it names, before anything is changed.
  private static func basis(
    of recipe: Recipe, statistics: BatchStatistics?, in context: RecipeContext
  ) throws -> Preset {
    if recipe.isRecommended || statistics == nil {
      return try named(by: recipe, statistics: statistics, in: context)
    }
    var preset = try named(by: recipe, statistics: nil, in: context)
    guard let network = context.network,
      let known = try statistics?.selecting(
        before: context.layerDrawn(by: recipe), in: network)
    else { return preset }
    preset.regularizers =
      preset.regularizers + (30 / Float(known.layers.count) * known).asPrior
    return preset
  }

  private static func named(
    by recipe: Recipe, statistics: BatchStatistics?, in context: RecipeContext
  ) throws -> Preset {
    if recipe.isAccentuation, let path = recipe.photo {
      return .accentuation(of: try context.files.picture(path))
    }
    if recipe.isRecommended {
      guard let network = context.network else {
        throw VisualizationError.invalidArgument(
          "preset", "'\(recipe.presetName)' is chosen for a network, and none is known here")
      }
      return try .recommended(
        for: network, layer: try context.layerDrawn(by: recipe),
        quick: recipe.presetName == "quick",
        statistics: statistics)
    }
    let name = recipe.presetName
    guard Preset.names.contains(name) else {
      throw VisualizationError.invalidArgument(
        "preset", "'\(name)' is not one of \(Recipe.presetNames.joined(separator: ", "))")
    }
    return try .named(name)
  }

  /// A height and a width.
  private static func sides(_ sides: [Int], _ name: String) throws(VisualizationError)
    -> (height: Int, width: Int)
  {
    guard sides.count == 2, sides.allSatisfy({ (1...16384).contains($0) }) else {
      throw .invalidArgument(name, "\(sides) is no height and width in 1…16,384")
    }
    return (sides[0], sides[1])
  }

  private mutating func setLearningRate(_ text: String, _ context: RecipeContext) throws {
    let rate = try context.schedule(text)
    guard let changed = optimizer.replacingLearningRate(by: rate) else {
      throw VisualizationError.invalidArgument(
        "schedule", "\(optimizer.name) has no rate that could be changed")
    }
    optimizer = changed
  }
}
