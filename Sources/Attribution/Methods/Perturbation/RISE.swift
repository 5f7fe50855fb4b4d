public import FeatureVisualization

/// RISE: how well the objective does where a pixel is seen, over many random masks.
///
/// `map = Σ_i (s(x · m_i) − s̄) · m_i / (N · p)`, masks of `cells × cells` cells of which a share p is open, enlarged bilinearly and
/// shifted at random. Without the mean score s̄, as the paper has it, the map is the same but for nearly a constant.
/// Petsiuk et al. 2018, https://arxiv.org/abs/1806.07421.
public struct RISE: AttributionMethod {
  /// The number of masks.
  public let masks: Int
  /// The cells along each side of a mask.
  public let cells: Int
  /// The share of cells through which the picture is seen.
  public let probability: Double
  /// What the picture is covered with.
  public let baseline: Baseline
  /// Whether the mean score is subtracted.
  public let subtractsMean: Bool
  public var name: String { "rise" }

  /// - Parameters:
  ///   - masks: the number of masks: 4,000 unless given.
  ///   - cells: the cells along each side of a mask.
  ///   - probability: the share of cells through which the picture is seen.
  ///   - baseline: what the picture is covered with; black unless given.
  ///   - subtractsMean: whether the mean score is subtracted; the paper does not.
  public init(
    masks: Int = 4000, cells: Int = 7, probability: Double = 0.5, baseline: Baseline = .black,
    subtractsMean: Bool = true
  ) {
    (self.masks, self.cells, self.probability) = (masks, cells, probability)
    (self.baseline, self.subtractsMean) = (baseline, subtractsMean)
  }

  /// The map, `[1, H, W, 1]`; signed where the mean score is subtracted. The question's seed fixes the masks.
  ///
  /// - Throws: `VisualizationError.invalidArgument` for no masks, and for numbers out of range.
  /// - Complexity: a forward pass for each mask, in batches; masks are made when their turn comes.
  public func attribution(of question: AttributionQuestion) throws(VisualizationError)
    -> AttributionMap
  {
    guard masks > 0 else { throw .invalidArgument("masks", "\(masks) is not positive") }
    guard (1...256).contains(cells) else {
      throw .invalidArgument("cells", "\(cells) is not in 1...256")
    }
    guard probability > 0, probability < 1 else {
      throw .invalidArgument("probability", "\(probability) is not between 0 and 1")
    }
    let random = RandomMasks(
      cells: cells, probability: probability, height: question.picture.shape[1],
      width: question.picture.shape[2], seed: question.seed)
    let pixels = try question.maskAverage(
      count: masks, baseline: baseline, subtractsMean: subtractsMean
    ) { random.mask($0) }
    return question.map(pixels.map { $0 / probability }, isSigned: subtractsMean)
  }
}

extension AttributionQuestion {
  /// The mean over masks of mask times score, for each pixel: `Σ_i (s(x · m_i) − s̄) · m_i / N`.
  ///
  /// - Parameter mask: makes the mask of a number, H × W; asked twice for each.
  func maskAverage(
    count: Int, baseline: Baseline, subtractsMean: Bool, _ mask: (Int) -> [Float]
  ) throws(VisualizationError) -> [Double] {
    let cover = try baseline.picture(for: self)
    let scores = try values(count: count) { self.masked(by: mask($0), over: cover) }
    let mean =
      subtractsMean ? scores.reduce(0) { $0 + Double($1) } / Double(count) : 0
    var sums = [Double](repeating: 0, count: picture.shape[1] * picture.shape[2])
    for (index, score) in scores.enumerated() {
      let weight = Double(score) - mean
      for (pixel, share) in mask(index).enumerated() { sums[pixel] += weight * Double(share) }
    }
    return sums.map { $0 / Double(count) }
  }
}

extension AttributionMethod where Self == RISE {
  /// RISE: how well the objective does where a pixel is seen, over many random masks.
  public static func rise(
    masks: Int = 4000, cells: Int = 7, probability: Double = 0.5, baseline: Baseline = .black
  ) -> RISE {
    RISE(masks: masks, cells: cells, probability: probability, baseline: baseline)
  }
}
