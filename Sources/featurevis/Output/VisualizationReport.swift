import FeatureVisualization

/// What `visualize --report` writes.
struct VisualizationReport: Encodable {
  let network: String
  let preset: String
  let seed: UInt64
  let pictures: [Entry]

  struct Entry: Encodable {
    let layer: String
    let units: [Int]
    /// The row and the column of the only position that counts.
    let position: [Int]?
    let file: String
    let score: Float
    let rawScore: Float?
    let startObjective: Float?
    let seconds: Double
    let warnings: [String]
    let iterations: [Iteration]

    init(
      _ visualization: Visualization, layer: String, units: [Int], position: [Int]?, file: String,
      seconds: Double
    ) {
      self.layer = layer
      self.units = units
      self.position = position
      self.file = file
      self.seconds = seconds
      score = visualization.scores[0]
      rawScore = visualization.raw?.scores[0]
      startObjective = visualization.history.first?.objectives[0]
      warnings = visualization.warnings.map(\.description)
      iterations = visualization.history.map { record in
        Iteration(
          iteration: record.iteration, objective: record.objectives[0],
          losses: Dictionary(uniqueKeysWithValues: record.losses.map { ($0.name, $0.values[0]) }))
      }
    }
  }

  struct Iteration: Encodable {
    let iteration: Int
    let objective: Float
    let losses: [String: Float]
  }
}
