/// Lowers how far the picture is from a given one: `√(mean of (x − x₀)²)` over all pixels and channels, in 0…1.
///
///     0.5 * InputDistance(to: photo)
///
/// It looks at the picture before input modifiers. At the picture itself it has no gradient.
/// https://github.com/tensorflow/lucid, `objectives.input_diff`.
public struct InputDistance: ExpressionLoss, Regularizer {
  /// x₀, `[1, H, W, C]`, or `[N, H, W, C]` for a batch, 0…1.
  public let picture: Tensor
  public let tapes = TapeCache()

  /// Holds pictures near one, or each of a batch near its own.
  ///
  /// - Parameter picture: of the size that is drawn.
  public init(to picture: Tensor) { self.picture = picture }

  public var name: String { "InputDistance" }
  public var subjects: [LossSubject] { [.picture(.unit)] }

  public func selecting(_ pictures: [Int]) -> Self? {
    guard picture.pictureCount > 1 else { return self }
    guard pictures.allSatisfy({ (0..<picture.pictureCount).contains($0) }) else { return nil }
    return Self(
      to: Tensor(
        shape: [pictures.count] + picture.shape.dropFirst(),
        elements: pictures.flatMap { picture.picture($0).elements }))
  }

  public func expression(for shapes: [[Int]]) throws(VisualizationError) -> TensorExpression {
    let wanted = Array(shapes[0].dropFirst())
    guard picture.rank == 4, Array(picture.shape.dropFirst()) == wanted,
      picture.shape[0] == 1 || picture.shape[0] == shapes[0][0]
    else {
      throw .invalidArgument(
        "picture", "shape \(picture.shape) does not go with pictures of shape \(shapes[0])")
    }
    guard picture.elements.allSatisfy({ (-0.001...1.001).contains($0) }) else {
      throw .invalidArgument("picture", "its values are not in 0…1")
    }
    let given: TensorExpression =
      picture.shape[0] == 1 ? .constant(picture.reshaped(to: wanted)) : .constants(eachOf: picture)
    let count = Float(wanted.reduce(1, *))
    return (TensorExpression.picture(.unit) - given).norm() / count.squareRoot()
  }
}
