/// Raises two units in shares that go from the one to the other along a batch: picture n of N has
/// `(1 − w) · mean(first) + w · mean(second)`, with `w = n / (N − 1)`.
///
///     Interpolation(layer: "mixed4c", from: 11, to: 46)
///
/// Means are over positions. Shares of one's own serve a batch of any size, one picture among them, where the peers divide
/// by zero.
/// Olah et al. 2017, https://distill.pub/2017/feature-visualization; https://github.com/tensorflow/lucid,
/// `objectives.channel_interpolate`.
public struct Interpolation: ExpressionLoss {
  /// The layers of the first and of the second unit.
  public let layers: (LayerID, LayerID)
  /// The first and the second unit.
  public let units: (UnitID, UnitID)
  /// w of each picture; `nil` for equal steps from 0 to 1.
  public let shares: [Float]?
  public let tapes = TapeCache()

  /// Goes from one unit of a layer to another.
  ///
  /// - Parameter shares: how much of the second unit is in each picture; equal steps from 0 to 1 unless given.
  public init(
    layer: LayerID, from first: some UnitConvertible, to second: some UnitConvertible,
    shares: [Float]? = nil
  ) {
    self.init((layer, layer), (first.unitID, second.unitID), shares)
  }

  /// Goes from a unit of one layer to a unit of another.
  ///
  /// - Parameter shares: how much of the second unit is in each picture; equal steps from 0 to 1 unless given.
  public init(
    from first: (layer: LayerID, unit: some UnitConvertible),
    to second: (layer: LayerID, unit: some UnitConvertible), shares: [Float]? = nil
  ) {
    self.init((first.layer, second.layer), (first.unit.unitID, second.unit.unitID), shares)
  }

  private init(_ layers: (LayerID, LayerID), _ units: (UnitID, UnitID), _ shares: [Float]?) {
    (self.layers, self.units, self.shares) = (layers, units, shares)
  }

  public var name: String { "Interpolation" }

  public var subjects: [LossSubject] {
    layers.0 == layers.1
      ? [subject(layers.0, [units.0, units.1])]
      : [subject(layers.0, [units.0]), subject(layers.1, [units.1])]
  }

  private func subject(_ layer: LayerID, _ units: [UnitID]) -> LossSubject {
    let indices = units.compactMap(\.index)
    // A label is no number yet.
    return .layer(layer, units: indices.count == units.count ? indices : nil)
  }

  public func resolved(in network: NeuralNetwork) throws(VisualizationError) -> Self {
    let first = try network.unit(units.0, of: layers.0)
    let second = try network.unit(units.1, of: layers.1)
    return Self(layers, (.index(first), .index(second)), shares)
  }

  // Without shares of its own, a picture has its place in the whole batch.
  public func selecting(_ pictures: [Int]) -> Self? {
    guard let shares, pictures.allSatisfy({ shares.indices.contains($0) }) else { return nil }
    return Self(layers, units, pictures.map { shares[$0] })
  }

  public func expression(for shapes: [[Int]]) throws(VisualizationError) -> TensorExpression {
    let count = shapes[0][0]
    guard self.shares != nil || count > 1 else {
      throw .invalidArgument("shares", "one picture has no place between two units: give its share")
    }
    let shares = self.shares ?? (0..<count).map { Float($0) / Float(count - 1) }
    guard shares.count == count, shares.allSatisfy(\.isFinite) else {
      throw .invalidArgument("shares", "\(shares) for \(count) pictures")
    }
    try validate(units.0, layers.0, shapes[0])
    try validate(units.1, layers.1, shapes[shapes.count - 1])
    let read = subjects.map { TensorExpression.reading($0) }
    let first = read[0].unit(0).mean()
    let second = read.count > 1 ? read[1].unit(0).mean() : read[0].unit(1).mean()
    let share = TensorExpression.constants(eachOf: Tensor(shape: [count], elements: shares))
    return -((1 - share) * first + share * second)
  }

  private func validate(
    _ unit: UnitID, _ layer: LayerID, _ shape: [Int]
  ) throws(VisualizationError) {
    guard case .index(let index) = unit else { throw .missingLabels(wanted: "\(unit)") }
    let count = shape.count > 1 ? shape[shape.count - 1] : 0
    guard (0..<count).contains(index) else {
      throw .unitOutOfRange(unit: index, layer: "\(layer)", count: count)
    }
  }
}
