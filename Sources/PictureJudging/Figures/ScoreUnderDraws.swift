public import FeatureVisualization

/// What a picture is worth to the network that drew it, as it is and under fresh draws of its recipe's transformations.
///
/// One that is worth far less under draws that it was not drawn under is a picture of the network's quirks.
public struct ScoreUnderDraws: Sendable, Equatable, Encodable {
  /// The objective of the picture as it is.
  public let score: Float
  /// The mean of the objective under the draws.
  public let mean: Float
  /// Its standard deviation under the draws.
  public let deviation: Float
  /// How many draws there were.
  public let draws: Int

  /// - Parameters:
  ///   - objective: what the picture was drawn of; priors do not count.
  ///   - picture: `[1, H, W, C]`, 0…1, as the network takes it.
  ///   - recipe: whose transformations are drawn, as its last stage has them at its last step.
  ///   - draws: how many.
  ///   - seed: fixes the draws.
  /// - Throws: `VisualizationError` where the network does not take the picture, or where there are no draws.
  public init(
    of picture: Tensor, for objective: some ObjectiveConvertible, in network: NeuralNetwork,
    drawnBy recipe: Preset, draws: Int = 32, seed: UInt64 = 0
  ) throws(VisualizationError) {
    guard (1...100_000).contains(draws) else {
      throw .invalidArgument("draws", "\(draws) is not in 1...100000")
    }
    guard picture.rank == 4, picture.pictureCount == 1 else {
      throw .invalidArgument("picture", "shape \(picture.shape) is not one picture, [1, H, W, C]")
    }
    var last = recipe
    while let next = last.stages.last { last = next }
    let evaluator = try ObjectiveEvaluator(
      network, objective, height: picture.shape[1], width: picture.shape[2],
      heldInputs: recipe.heldInputs,
      at: Moment(iteration: max(last.iterations, 1) - 1, of: max(last.iterations, 1)),
      memoryLimit: recipe.memoryLimit)
    var generator = SeededGenerator(seed: seed)
    var scores: [Double] = []
    for _ in 0..<draws {
      scores.append(
        Double(
          try evaluator.values(
            at: picture, transformedBy: last.inputModifiers, using: &generator)[0]))
    }
    let mean = scores.reduce(0, +) / Double(draws)
    let variance = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws)
    score = try evaluator.values(at: picture)[0]
    (self.mean, deviation, self.draws) = (Float(mean), Float(variance.squareRoot()), draws)
  }
}
