import FeatureVisualization
import NaturalExamples
import RecipeLanguage

/// What `visualize --report` writes.
struct VisualizationReport: Encodable {
  let network: String
  let preset: String
  let seed: UInt64
  let pictures: [Entry]

  struct Entry: Encodable {
    /// What draws the picture again.
    let recipe: Recipe
    /// The layer and the units that were drawn; `nil` for other objectives.
    let layer: String?
    let units: [Int]?
    /// The labels of the units, and how many classes there are, where the layer's units are classes.
    let labels: [String]?
    let classes: Int?
    /// The number in a batch of several pictures, which are drawn again together.
    let picture: Int
    /// The row and the column of the only position that counts.
    let position: [Int]?
    /// The head and the tokens that count.
    let part: String?
    let file: String
    let score: Float
    let rawScore: Float?
    let startObjective: Float?
    let seconds: Double
    let warnings: [String]
    /// How a unit was searched for that the recipe left silent.
    let search: UnitSearchReport?
    /// The pictures of `--pictures` that the unit responds to most.
    let examples: [Example]?
    let iterations: [Iteration]
    /// What other networks see in it, where some were asked.
    let judgement: JudgementReport?

    init(
      _ visualization: Visualization, picture number: Int, of drawing: Drawing, file: String,
      seconds: Double, search: UnitSearchReport?, examples: UnitExamples?,
      judgement: JudgementReport?
    ) {
      self.search = search
      self.examples = examples?.best.map { Example(picture: $0.name, value: $0.value) }
      recipe = drawing.recipe
      layer = drawing.target?.layer
      units = drawing.target?.units
      labels = drawing.target?.labels
      classes = drawing.target?.classCount
      position = drawing.target?.position
      part = drawing.target?.part
      picture = number
      self.file = file
      self.seconds = seconds
      self.judgement = judgement
      score = visualization.scores[number]
      rawScore = visualization.raw?.scores[number]
      startObjective = visualization.history.first?.objectives[number]
      warnings =
        visualization.warnings.map(\.description)
        + [search].compactMap { $0 }.filter(\.dead).map(\.summary)
      iterations = visualization.history.map { record in
        Iteration(
          iteration: record.iteration, objective: record.objectives[number],
          losses: Dictionary(
            uniqueKeysWithValues: record.losses.map { ($0.name, $0.values[number]) }))
      }
    }
  }

  struct Example: Encodable {
    let picture: String
    /// The largest activation of the unit over all positions.
    let value: Float
  }

  struct Iteration: Encodable {
    let iteration: Int
    let objective: Float
    let losses: [String: Float]
  }
}
