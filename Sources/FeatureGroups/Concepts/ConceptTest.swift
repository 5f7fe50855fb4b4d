public import FeatureVisualization

/// Whether a class is more sensitive to a concept than to random pictures: TCAV with its test.
///
///     let test = try ConceptTest(
///       of: striped, against: randomSets, gradients: try zebraGradients())
///     test.score, test.isSignificant
///
/// The concept is learnt against each of several sets of random pictures, and each set against the others in turn. Welch's
/// test, of both sides, says how likely means as far apart are by chance.
/// Kim et al. 2018, https://arxiv.org/abs/1711.11279.
public struct ConceptTest: Sendable {
  /// The score against each random set, 0…1.
  public let scores: [Double]
  /// The score of each random set against the next one.
  public let randomScores: [Double]
  /// The probability of means as far apart by chance, 0…1; 1 where no score differs from another.
  public let probability: Double

  /// Scores a concept.
  ///
  /// - Parameters:
  ///   - concept: activations for examples, `[n, H, W, C]` or `[n, C]`.
  ///   - randoms: activations for sets of random pictures, three at least, about as many in each as there are examples.
  ///   - gradients: `∂score/∂activations`, `[N, H, W, C]` or `[N, C]`, of pictures of the class.
  ///   - ridge: see `ConceptVector`.
  /// - Throws: `VisualizationError.invalidArgument` for fewer sets, and what `ConceptVector` throws.
  public init(
    of concept: Tensor, against randoms: [Tensor], gradients: Tensor, ridge: Double = 1e-3
  ) throws(VisualizationError) {
    guard randoms.count >= 3 else {
      throw .invalidArgument("randoms", "\(randoms.count) sets: three at least tell chance")
    }
    var scores: [Double] = []
    var others: [Double] = []
    for (index, random) in randoms.enumerated() {
      scores.append(
        try ConceptVector(of: concept, against: random, ridge: ridge).sensitivity(to: gradients))
      let next = randoms[(index + 1) % randoms.count]
      others.append(
        try ConceptVector(of: random, against: next, ridge: ridge).sensitivity(to: gradients))
    }
    (self.scores, randomScores) = (scores, others)
    probability = WelchTest(scores, others).probability
  }

  /// The mean score, 0…1.
  public var score: Double { scores.reduce(0, +) / Double(scores.count) }

  /// Whether chance gives means as far apart in fewer than one of twenty cases.
  public var isSignificant: Bool { probability < 0.05 }
}
