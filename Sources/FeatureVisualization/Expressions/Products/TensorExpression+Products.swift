extension TensorExpression {
  /// `Σ x · y` over axes, by default all but that of the pictures: `[N]`.
  public func dot(_ other: TensorExpression, over axes: TensorAxes = .allButPictures)
    -> TensorExpression
  {
    (self * other).sum(over: axes)
  }

  /// `Σ x · y` with a constant.
  public func dot(_ other: Tensor, over axes: TensorAxes = .allButPictures) -> TensorExpression {
    dot(.constant(other), over: axes)
  }

  /// The product of each picture's matrices: `[N, M, K]` times `[N, K, L]` is `[N, M, L]`.
  ///
  /// A factor without an axis of pictures is the same for each of them. A transposed factor is read as it lies.
  public func matrixProduct(_ other: TensorExpression) -> TensorExpression {
    let (left, transposesLeft) = untransposed
    let (right, transposesRight) = other.untransposed
    return TensorExpression(
      MatrixProductOperation(transposesLeft: transposesLeft, transposesRight: transposesRight),
      left, right)
  }

  /// The last two axes exchanged: `[N, M, K]` becomes `[N, K, M]`.
  public var transposed: TensorExpression {
    let (inner, isTransposed) = untransposed
    return isTransposed ? inner : TensorExpression(TranspositionOperation(), self)
  }

  /// `Aᵀ A` of each picture's matrix of positions by units: `[N, C, C]` of a map `[N, H, W, C]`, of which it is the sum
  /// over positions of the products of any two units. It says which units occur together, and not where.
  public var gramMatrix: TensorExpression {
    let matrix = positions
    return matrix.transposed.matrixProduct(matrix)
  }

  /// The cosine of the angle between two vectors along axes: `Σ x·y / (|x| + ε) / (|y| + ε)`.
  ///
  /// - Parameters:
  ///   - axes: those of the vectors; the last unless given, that of the units: `[N, H, W]` of maps.
  ///   - epsilon: lucid's value unless given. A vector of 0 has a cosine of 0, and gets a finite gradient.
  public func cosineSimilarity(
    to other: TensorExpression, along axes: TensorAxes = -1, epsilon: Float = 1e-4
  ) -> TensorExpression {
    let dot = dot(other, over: axes)
    return dot / (norm(over: axes) + epsilon) / (other.norm(over: axes) + epsilon)
  }

  private var untransposed: (TensorExpression, isTransposed: Bool) {
    guard case .operation(is TranspositionOperation, let operands) = node.content else {
      return (self, false)
    }
    return (TensorExpression(node: operands[0]), true)
  }
}
