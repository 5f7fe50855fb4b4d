/// How much neighbouring pixels differ in four directions, as lengths: the sum over →, ↓, ↘ and ↙ of `√(Σ difference²)`.
///
/// The lengths are those of a whole picture, or the mean over channels of each channel's. Unlike `TotalVariation` it is not
/// divided by the number of pixels, and it weighs a picture's differences alike however large they are together. Each
/// picture is by itself: DeepInversion's lengths go over the whole batch, so that a weight means another thing for another
/// batch. A picture of one row or column knows one direction.
/// Yin et al. 2020, DeepInversion, https://arxiv.org/abs/1912.08795, which takes 1e-4 of it on standardised pixels;
/// Ghiasi et al. 2022, https://arxiv.org/abs/2212.06727, by channels.
public struct DirectionalVariation: ExpressionLoss, Regularizer {
  /// What a length is that of.
  public enum Extent: Sendable, Hashable {
    /// The whole picture, all channels together.
    case picture
    /// Each channel, of which the mean is taken.
    case channels
  }

  /// What lengths are those of.
  public let extent: Extent
  /// The scale of the pixels.
  public let space: PixelSpace
  public let tapes = TapeCache()

  /// - Parameters:
  ///   - extent: what lengths are those of; the whole picture unless given.
  ///   - space: the scale that the weight is meant for; standardised pixels unless given.
  public init(of extent: Extent = .picture, space: PixelSpace = .imageNetStandardized) {
    (self.extent, self.space) = (extent, space)
  }

  public var name: String { "DirectionalVariation" }
  public var subjects: [LossSubject] { [.picture(space)] }

  public func expression(for shapes: [[Int]]) throws(VisualizationError) -> TensorExpression {
    let picture = TensorExpression.picture(space)
    let (hasRows, hasColumns) = (shapes[0][1] > 1, shapes[0][2] > 1)
    var differences: [TensorExpression] = []
    if hasColumns {
      differences.append(
        picture.slice(1..., along: 2) - picture.slice(..<(-1), along: 2))
    }
    if hasRows {
      differences.append(picture.slice(1..., along: 1) - picture.slice(..<(-1), along: 1))
    }
    if hasRows, hasColumns {
      let (upper, lower) = (picture.slice(..<(-1), along: 1), picture.slice(1..., along: 1))
      differences.append(lower.slice(1..., along: 2) - upper.slice(..<(-1), along: 2))
      differences.append(lower.slice(..<(-1), along: 2) - upper.slice(1..., along: 2))
    }
    guard let first = differences.first.map(length) else {
      throw .invalidArgument("picture", "one pixel has no neighbours that differ from it")
    }
    return differences.dropFirst().reduce(first) { $0 + length(of: $1) }
  }

  private func length(of difference: TensorExpression) -> TensorExpression {
    extent == .picture ? difference.norm() : difference.norm(over: [1, 2]).mean()
  }
}
