/// A tensor that is computed from what a loss looks at, with a gradient that the package derives.
///
/// The first axis of what is tapped is that of the pictures: `[N, H, W, C]` for feature maps and pictures, `[N, units]`
/// for dense layers. Operations work on each picture by itself, unless the axis of the pictures, 0, is named.
///
///     let activations = TensorExpression.layer("mixed4a")
///     let loss = DerivedLoss("MeanSquare", minimizing: activations.squared().mean())
///
/// **Broadcasting.** The axes of one picture are aligned at their end, and an extent of 1, or an axis that is not there,
/// stands for any extent: `[N, H, W, C] * [C]`, `[N, H, W, C] / [N, 1, 1, C]`. A number for each picture, `[N]`, has no
/// axis besides and goes with anything; what has no axis of pictures, as a constant or a mean over pictures, is the same
/// for each of them.
///
/// **Numbers.** Elements are computed in single precision, sums in double, always in the same order. Division by 0,
/// logarithms and roots of negative numbers are infinite or NaN, as in `Float`, and so is the loss then.
///
/// An expression that is used twice is computed once.
public struct TensorExpression: Sendable {
  let node: ExpressionNode

  init(_ content: ExpressionNode.Content) { node = ExpressionNode(content) }

  /// What an operation makes of other expressions.
  init(_ operation: some TensorOperation, _ operands: TensorExpression...) {
    self.init(.operation(operation, operands.map(\.node)))
  }

  init(node: ExpressionNode) { self.node = node }
}

extension TensorExpression {
  /// The output of a layer: `[N, H, W, C]` for feature maps, `[N, units]` for dense layers.
  ///
  /// - Parameters:
  ///   - units: the only ones that are read, in this order: `[N, H, W, units.count]`.
  ///   - positions: the only ones that are read, in this order: `[N, positions.count, C]`.
  public static func layer(
    _ layer: LayerID, units: [Int]? = nil, positions: [MapPosition]? = nil
  ) -> TensorExpression {
    reading(.layer(layer, units: units, positions: positions))
  }

  /// The picture before input modifiers, `[N, H, W, C]`, in the scale of a pixel space.
  public static func picture(_ space: PixelSpace = .unit) -> TensorExpression {
    reading(.picture(space))
  }

  /// Whatever a loss can look at; of the units and positions that the subject names alone.
  public static func reading(_ subject: LossSubject) -> TensorExpression {
    var expression = TensorExpression(.subject(subject))
    if let positions = subject.positions { expression = expression.at(positions) }
    if let units = subject.units { expression = expression.units(units) }
    return expression
  }

  /// The values of another loss, `[N]`, with the gradient that it states.
  public static func values(of loss: some Loss) -> TensorExpression {
    TensorExpression(.loss(loss))
  }

  /// A tensor of fixed numbers that is the same for every picture: `[C]` goes with `[N, H, W, C]`.
  public static func constant(_ tensor: Tensor) -> TensorExpression {
    TensorExpression(.constant(tensor, isPerPicture: false))
  }

  /// A fixed number.
  public static func constant(_ number: Float) -> TensorExpression {
    constant(Tensor(shape: [], repeating: number))
  }

  /// Fixed numbers of which each picture has its own: the first axis is that of the pictures, `[N, …]`.
  public static func constants(eachOf tensor: Tensor) -> TensorExpression {
    TensorExpression(.constant(tensor, isPerPicture: true))
  }

  /// A number that depends on where the run stands, as a weight that fades.
  ///
  ///     TensorExpression.scheduled(.linear(from: 1, to: 0)) * activations.mean()
  public static func scheduled(_ number: Schedule) -> TensorExpression {
    TensorExpression(.number(number))
  }
}
