import ConvolutionalNetworks

/// `(x − mean) / √(variance + ε)` over some axes, and what follows from it; without the mean, `x / √(mean x² + ε)`.
struct StandardizedGroups {
  /// The standardized elements.
  let values: DoubleTensor
  /// `1 / √(variance + ε)` of the group of each element.
  private let rates: [Double]
  /// The group of each element.
  private let groups: [Int]
  private let groupCount: Int
  private let subtractsMean: Bool

  init(of x: DoubleTensor, axes: Set<Int>, epsilon: Float, subtractsMean: Bool = true) {
    let shape = x.shape.indices.map { axes.contains($0) ? 1 : x.shape[$0] }
    let groupCount = shape.reduce(1, *)
    let numbers = DoubleTensor(shape: shape, elements: (0..<groupCount).map(Double.init))
    let groups = numbers.broadcastOffsets(to: x.shape)
    (self.groups, self.groupCount, self.subtractsMean) = (groups, groupCount, subtractsMean)

    let means =
      subtractsMean
      ? Self.means(x.elements, groups, groupCount) : Array(repeating: 0, count: groupCount)
    let deviations = zip(x.elements, groups).map { $0 - means[$1] }
    let variances = Self.means(deviations.map { $0 * $0 }, groups, groupCount)
    let rates = groups.map { 1 / (variances[$0] + Double(epsilon)).squareRoot() }
    self.rates = rates
    values = DoubleTensor(shape: x.shape, elements: zip(deviations, rates).map { $0 * $1 })
  }

  /// `rate · (g − mean g − y · mean (g · y))`, without `mean g` where no mean was taken away.
  func pullBack(_ gradient: DoubleTensor) -> DoubleTensor {
    let means =
      subtractsMean
      ? Self.means(gradient.elements, groups, groupCount) : Array(repeating: 0, count: groupCount)
    let products = Self.means(
      zip(gradient.elements, values.elements).map { $0 * $1 }, groups, groupCount)
    var result = gradient
    for (i, group) in groups.enumerated() {
      result.elements[i] =
        rates[i] * (gradient.elements[i] - means[group] - values.elements[i] * products[group])
    }
    return result
  }

  private static func means(_ elements: [Double], _ groups: [Int], _ groupCount: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: groupCount)
    for (element, group) in zip(elements, groups) { sums[group] += element }
    return sums.map { $0 * Double(groupCount) / Double(elements.count) }
  }
}
