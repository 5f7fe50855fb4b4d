/// A tensor that an architecture needs.
public struct WeightRequirement: Sendable, Equatable {
  /// The publisher's name.
  public let name: String
  /// The shape in the publisher's axis order.
  public let shape: [Int]

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// Whether the numbers are trained; statistics of the training data are not.
  public var isTrained: Bool {
    !["running_mean", "running_var", "moving_mean", "moving_variance"]
      .contains { name.hasSuffix($0) }
  }
}
