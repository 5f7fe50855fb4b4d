import ConvolutionalNetworks
import FeatureVisualization

extension Vocabulary where Value == Objective {
  /// What is raised, and priors, which pull at the picture.
  static var objectives: Vocabulary { objectivesOfRecipes }
}

private let objectivesOfRecipes = Vocabulary<Objective>(
  "objective", unitWords + directionWords + classWords + batchWords + referenceWords + priorWords)

/// Units of a layer, or all of it.
private let unitWords: [Word<Objective>] = [
  Word(
    "channel(layer, units: all, at: all, border: 0, head: none, heads: none, tokens: all)",
    "The mean activation of units, at all positions or one, in a head of attention, of some tokens."
  ) {
    ActivationMaximization(
      layer: try $0.layer("layer"), units: try $0.units("units"), at: try $0.position("at"),
      in: try $0.attentionPart(), border: try $0.integer("border")
    ).objective
  },
  Word("neuron(layer, unit, at: center)", "The activation of a unit at one position.") {
    ActivationMaximization(
      layer: try $0.layer("layer"), units: try $0.units("unit"), at: try $0.position("at")
    ).objective
  },
  Word("deep-dream(layer)", "The mean square of a whole layer.") {
    DeepDream(layer: try $0.layer("layer")).objective
  },
  Word(
    "weighted(layer, channels: none, rows: none, columns: none)",
    "A layer times a weight for each channel, over a region of positions."
  ) { arguments in
    let rows = arguments.isOmitted("rows") ? nil : try arguments.range("rows")
    let columns = arguments.isOmitted("columns") ? nil : try arguments.range("columns")
    guard (rows == nil) == (columns == nil) else {
      throw VisualizationError.invalidArgument("weighted", "a region has rows and columns")
    }
    return WeightedActivation(
      layer: try arguments.layer("layer"),
      channels: arguments.isOmitted("channels") ? nil : try arguments.numbers("channels"),
      in: rows.flatMap { rows in columns.map { MapRegion(rows: rows, columns: $0) } }
    ).objective
  },
]

/// Vectors over the channels of a layer.
private let directionWords: [Word<Objective>] = [
  Word(
    "direction(layer, vector, power: 0, at: all, whitened-by: none)",
    "The dot product with a vector, times the cosine to a power."
  ) { arguments in
    let power = try arguments.number("power")
    return try direction(arguments, power == 0 ? .dot : .dotCosine(power: power))
  },
  Word("cosine(layer, vector, at: all, whitened-by: none)", "The cosine to a vector.") {
    try direction($0, .cosine)
  },
]

private func direction(_ arguments: RecipeArguments, _ similarity: Direction.Similarity) throws
  -> Objective
{
  let whitening =
    arguments.isOmitted("whitened-by")
    ? nil : try Whitening(of: try arguments.tensor("whitened-by"))
  return Direction(
    layer: try arguments.layer("layer"), try arguments.tensor("vector"), by: similarity,
    at: try arguments.position("at"), whitening: whitening
  ).objective
}

/// Classes, beside the plain logit that `channel` raises.
private let classWords: [Word<Objective>] = [
  Word("probability(layer, class)", "The probability of a class, of a layer of logits.") {
    Probability(layer: try $0.layer("layer"), class: try $0.unit("class")).objective
  },
  Word("cross-entropy(layer, class)", "The logarithm of the probability of a class.") {
    CrossEntropy(layer: try $0.layer("layer"), class: try $0.unit("class")).objective
  },
  Word("margin(layer, class)", "How far a class is above the best other one.") {
    Margin(layer: try $0.layer("layer"), class: try $0.unit("class")).objective
  },
]

/// What looks at several pictures at once.
private let batchWords: [Word<Objective>] = [
  Word(
    "interpolation(layer, from, to)", "From one unit in the first picture to another in the last."
  ) {
    Interpolation(
      layer: try $0.layer("layer"), from: try $0.unit("from"), to: try $0.unit("to")
    ).objective
  },
  Word("diversity(layer)", "Pictures of a batch that differ in what a layer sees.") {
    Diversity(layer: try $0.layer("layer")).objective
  },
  Word("alignment(layer, decay: 2)", "Neighbouring pictures of a batch that are alike.") {
    Alignment(layer: try $0.layer("layer"), decay: try $0.number("decay")).objective
  },
]

/// What compares with other pictures.
private let referenceWords: [Word<Objective>] = [
  Word("caricature(picture, layer, power: 0)", "More of what a layer sees in a picture.") {
    Caricature(
      of: try $0.reference("picture"), at: try $0.layer("layer"),
      cosinePower: try $0.number("power")
    ).objective
  },
  Word(
    "inversion(picture, layer, distance: euclidean)", "The same as what a layer sees in a picture."
  ) {
    Inversion(
      of: try $0.reference("picture"), at: try $0.layer("layer"),
      by: try $0.choice(
        "distance",
        ["euclidean": .euclidean, "relative-square": .relativeSquare, "positions": .positions])
    ).objective
  },
  Word(
    "style(picture, layer, distance: mean-magnitude)",
    "The Gram matrix that a layer has of a picture."
  ) {
    Style(
      of: try $0.reference("picture"), at: try $0.layer("layer"),
      by: try $0.choice(
        "distance", ["mean-magnitude": .meanMagnitude, "root-mean-square": .rootMeanSquare])
    ).objective
  },
  Word("sort-matching(pictures, layer)", "The distributions that a layer has of pictures.") {
    SortMatching(to: try $0.references("pictures"), at: try $0.layer("layer")).objective
  },
  Word(
    "difference(layer, picture)", "How far a layer is from what it is for a picture, made small."
  ) {
    ActivationDifference(layer: try $0.layer("layer"), to: .reference(try $0.reference("picture")))
      .objective
  },
  Word("distance-to(picture)", "The mean square distance to a picture, made small.") {
    InputDistance(to: try $0.picture("picture")).objective
  },
]
