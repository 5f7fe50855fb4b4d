public import FeatureVisualization

/// Whether a map foretells how much the objective falls when parts of the picture are covered: a rank correlation, −1…1.
///
/// Random sets of cells of a grid are covered; the sum of the map over each is compared with the fall `s(x) − s(x covered)` by Spearman's
/// correlation, equal numbers having their mean rank.
/// Bhatt et al. 2020, https://arxiv.org/abs/2005.00631; grid and ranks as in Xplique, https://github.com/deel-ai/xplique.
public struct MuFidelity: Sendable {
  /// The cells along each side of the picture.
  public let cells: Int
  /// The share of cells that are covered at once.
  public let share: Double
  /// The number of random sets.
  public let samples: Int
  /// What cells are covered with.
  public let baseline: Baseline

  /// - Parameters:
  ///   - cells: the cells along each side of the picture.
  ///   - share: the share of cells that are covered at once, above 0 and below 1.
  ///   - samples: the number of random sets, 2 or more.
  ///   - baseline: what cells are covered with; black unless given.
  public init(
    cells: Int = 9, share: Double = 0.2, samples: Int = 200, baseline: Baseline = .black
  ) {
    (self.cells, self.share, self.samples, self.baseline) = (cells, share, samples, baseline)
  }

  /// The correlation; `nil` where the map's sums or the falls are all the same. The question's seed fixes the sets.
  ///
  /// - Throws: `VisualizationError` for a map of another size, and numbers out of range.
  public func correlation(of map: AttributionMap, for question: AttributionQuestion)
    throws(VisualizationError) -> Double?
  {
    guard (1...256).contains(cells) else {
      throw .invalidArgument("cells", "\(cells) is not in 1...256")
    }
    let covered = Int((share * Double(cells * cells)).rounded())
    guard covered > 0, covered < cells * cells else {
      throw .invalidArgument("share", "\(share) of \(cells * cells) cells are none, or all")
    }
    guard samples > 1 else { throw .invalidArgument("samples", "\(samples) is less than 2") }
    let pixels = try map.pixels(of: question)
    let cover = try baseline.picture(for: question)
    let (height, width) = (question.picture.shape[1], question.picture.shape[2])
    func mask(_ index: Int) -> [Float] {
      var generator = SeededGenerator(
        seed: question.seed ^ (UInt64(index) &* 0x9E37_79B9_7F4A_7C15))
      let chosen = Set(Array(0..<cells * cells).shuffled(using: &generator).prefix(covered))
      return (0..<height * width).map { pixel in
        let cell = pixel / width * cells / height * cells + pixel % width * cells / width
        return chosen.contains(cell) ? 0 : 1
      }
    }
    let whole = try question.values(at: question.picture)[0]
    var sums: [Double] = []
    // Samples are asked for once each, in order.
    let values = try question.values(count: samples) { index in
      let mask = mask(index)
      sums.append(zip(mask, pixels).reduce(0.0) { $1.0 == 0 ? $0 + Double($1.1) : $0 })
      return question.masked(by: mask, over: cover)
    }
    return rankCorrelation(sums, values.map { Double(whole - $0) })
  }
}

/// Spearman's rank correlation; `nil` where one side is constant.
func rankCorrelation(_ first: [Double], _ second: [Double]) -> Double? {
  let (x, y) = (ranks(first), ranks(second))
  let mean = Double(x.count + 1) / 2
  var (products, squaresX, squaresY) = (0.0, 0.0, 0.0)
  for (x, y) in zip(x, y) {
    products += (x - mean) * (y - mean)
    squaresX += (x - mean) * (x - mean)
    squaresY += (y - mean) * (y - mean)
  }
  guard squaresX > 0, squaresY > 0 else { return nil }
  return products / (squaresX * squaresY).squareRoot()
}

/// The ranks from 1; equal numbers have the mean of theirs.
private func ranks(_ numbers: [Double]) -> [Double] {
  let order = numbers.indices.sorted { numbers[$0] < numbers[$1] }
  var ranks = [Double](repeating: 0, count: numbers.count)
  var start = 0
  while start < order.count {
    var end = start + 1
    while end < order.count, numbers[order[end]] == numbers[order[start]] { end += 1 }
    for place in order[start..<end] { ranks[place] = Double(start + 1 + end) / 2 }
    start = end
  }
  return ranks
}
