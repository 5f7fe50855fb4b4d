public import FeatureVisualization

/// What a layer sees in a picture, taken apart into a few groups of units that are active together.
///
///     let groups = try network.neuronGroups(of: photo, at: "mixed4d")
///     let pictures = try network.visualizeDirections(groups.directions, of: "mixed4d").pictures
///
/// The layer's map `[H · W, C]` is factorised without numbers below 0, so that it is about the sum of groups: each has a
/// direction over units and says where, and how much of it, the picture has. Groups are ordered by the column of their
/// peak, from left to right. Of activations below 0 the positive part counts.
/// Olah et al. 2018, https://distill.pub/2018/building-blocks; https://github.com/tensorflow/lucid, `NeuronGroups`.
public struct NeuronGroups: Sendable {
  /// One group of units.
  public struct Group: Sendable {
    /// How much of each unit is in the group, `[C]`, of length 1, none below 0.
    public let direction: [Float]
    /// How much of the group is at each position, `[1, H, W, 1]`, none below 0, in the layer's own scale.
    public let map: Tensor
    /// The row and the column of the map's largest value, the first of equal ones.
    public let peak: (row: Int, column: Int)
    /// The share of the activations' squares that the group has by itself, 0…1; those of several groups overlap.
    public let share: Double
  }

  /// The layer as the network calls it.
  public let layer: String
  /// The groups, from left to right.
  public let groups: [Group]
  /// The share of the activations' squares, positive parts, that all groups account for, 0…1.
  public let explainedShare: Double
  /// The share of the sum of magnitudes that lies below 0 and does not count, 0…1; 0 behind a rectifier.
  public let negativeShare: Double

  /// Takes a feature map apart.
  ///
  /// - Parameters:
  ///   - activations: one picture's, `[1, H, W, C]`.
  ///   - layer: what it is called.
  ///   - count: the groups; as many as the map has positions at most.
  /// - Throws: `VisualizationError.noPositions` for what is no map; `.invalidArgument` for a map that is 0 or below
  ///   everywhere, and for more groups than positions or units.
  public init(of activations: Tensor, layer: String, count: Int = 6) throws(VisualizationError) {
    guard activations.rank == 4, activations.shape[0] == 1,
      activations.shape[1] * activations.shape[2] > 1
    else { throw .noPositions(layer: layer, shape: activations.shape) }
    try activations.validateSamples("activations")
    let positive = activations.map { max(0, $0) }
    let factors = try NonnegativeFactorization(of: positive, count: count)
    let (height, width) = (activations.shape[1], activations.shape[2])
    let total = factors.norm * factors.norm
    let found = (0..<count).map { index in
      Self.group(index, of: factors, height: height, width: width, total: total)
    }
    groups = found.enumerated().sorted { left, right in
      let (a, b) = (left.element.peak, right.element.peak)
      return (a.column, a.row, left.offset) < (b.column, b.row, right.offset)
    }.map(\.element)
    self.layer = layer
    explainedShare = factors.explainedShare
    let magnitude = activations.elements.reduce(0.0) { $0 + Double(abs($1)) }
    let kept = positive.elements.reduce(0.0) { $0 + Double($1) }
    negativeShare = magnitude > 0 ? max(0, 1 - kept / magnitude) : 0
  }

  /// The groups' directions, to be drawn.
  public var directions: [[Float]] { groups.map(\.direction) }

  /// How much each group speaks for an objective: `Σ over positions of map · ⟨direction, ∂objective/∂activations⟩`.
  ///
  /// - Parameter gradient: the objective's, with respect to the layer's output, `[1, H, W, C]`:
  ///   `NeuralNetwork.gradient(of:at:for:withRespectTo:)`.
  /// - Throws: `VisualizationError.invalidArgument` for a gradient of another shape.
  public func attributions(by gradient: Tensor) throws(VisualizationError) -> [Float] {
    let map = groups[0].map
    let wanted = [1, map.shape[1], map.shape[2], groups[0].direction.count]
    guard gradient.shape == wanted else {
      throw .invalidArgument("gradient", "shape \(gradient.shape) is not the layer's \(wanted)")
    }
    let (numbers, units) = (gradient.elements, wanted[3])
    return groups.map { group in
      var sum = 0.0
      for (position, amount) in group.map.elements.enumerated() where amount != 0 {
        var product = 0.0
        for unit in 0..<units {
          product += Double(group.direction[unit]) * Double(numbers[position * units + unit])
        }
        sum += Double(amount) * product
      }
      return Float(sum)
    }
  }

  private static func group(
    _ index: Int, of factors: NonnegativeFactorization, height: Int, width: Int, total: Double
  ) -> Group {
    let count = factors.directions.shape[0]
    let direction = factors.directions.rows([index]).elements
    let length = direction.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    let weights = factors.weights.elements
    // How a product is shared out between weight and direction is arbitrary: the map has all of it.
    let map = stride(from: index, to: weights.count, by: count)
      .map { Float(Double(weights[$0]) * length) }
    let peak = map.indices.max { (map[$0], -$0) < (map[$1], -$1) } ?? 0
    let squares = map.reduce(0.0) { $0 + Double($1) * Double($1) }
    return Group(
      direction: length > 0 ? direction.map { Float(Double($0) / length) } : direction,
      map: Tensor(shape: [1, height, width, 1], elements: map),
      peak: (peak / width, peak % width), share: min(1, squares / total))
  }
}
