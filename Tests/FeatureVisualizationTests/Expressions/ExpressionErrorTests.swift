import FeatureVisualization
import Testing

/// Shapes that an operation cannot work on are refused before any work, by an error that names the loss, the operation,
/// the shapes and the rule.
struct ExpressionErrorTests {
  private static let a = TensorExpression.layer("a")
  private static let b = TensorExpression.layer("b")

  private static let cases: [(TensorExpression, [[Int]], String)] = [
    (
      a.mean(over: 5), [[2, 7, 7, 64]],
      "mean over axis 5 of a tensor of shape [2, 7, 7, 64]: it has axes 0 to 3, or −3 to −1 from the end"
    ),
    (
      a.sum(over: [1, -4]), [[2, 7, 7, 64]],
      "sum over axes 1, -4 of a tensor of shape [2, 7, 7, 64]: it has axes 0 to 3, or −3 to −1 from the end"
    ),
    (
      a.maximum(over: [1, 1]), [[2, 7]],
      "maximum over axes 1, 1 of a tensor of shape [2, 7]: axis 1 is named twice"
    ),
    (
      a.mean().sum(over: .positions), [[2, 7]],
      "sum over positions of a tensor of shape [2]: it has no axis of units, and so no positions"
    ),
    (
      a.mean(over: .pictures).minimum(over: .pictures), [[2, 7]],
      "minimum over pictures of a tensor of shape [7]: it has no axis of pictures"
    ),
    (
      a + b, [[2, 7, 7, 64], [2, 7, 7, 32]],
      "+ of tensors of shapes [2, 7, 7, 64] and [2, 7, 7, 32]: a picture's axes are aligned at their end, and 64 does not go with 32"
    ),
    (
      a * Tensor(shape: [3], repeating: 1), [[2, 4]],
      "× of tensors of shapes [2, 4] and [3]: a picture's axes are aligned at their end, and 4 does not go with 3"
    ),
    (
      a.matrixProduct(b), [[2, 3, 4], [2, 3, 4]],
      "matrix product of tensors of shapes [2, 3, 4] and [2, 3, 4]: 4 columns of the left do not go with 3 rows of the right"
    ),
    (
      a.transposed.matrixProduct(b), [[2, 3, 4], [2, 4, 4]],
      "matrix product of tensors of shapes [2, 3, 4] and [2, 4, 4]: 3 columns of the left do not go with 4 rows of the right, as transposed"
    ),
    (
      a.matrixProduct(b), [[2, 3, 4, 5], [2, 3, 4]],
      "matrix product of tensors of shapes [2, 3, 4, 5] and [2, 3, 4]: a picture's factors are matrices, of two axes"
    ),
    (
      a.transposed, [[2, 3]],
      "transposition of a tensor of shape [2, 3]: a picture's matrix has two axes"
    ),
    (
      a.softmax(along: 2), [[2, 3]],
      "softmax along axis 2 of a tensor of shape [2, 3]: it has axes 0 to 1, or −1 to −1 from the end"
    ),
    (
      a.sorted(along: -2), [[2, 3]],
      "sorting along axis -2 of a tensor of shape [2, 3]: it has axes 0 to 1, or −1 to −1 from the end"
    ),
    (
      a.unit(9), [[2, 3]],
      "selection of 9 along axis -1 of a tensor of shape [2, 3]: the axis has 0 to 2, not 9"
    ),
    (
      a.units(2..<4), [[2, 3]],
      "selection of 2..<4 along axis -1 of a tensor of shape [2, 3]: 2..<4 is no part of an extent of 3"
    ),
    (
      a.at(.cell(row: 4, column: 0)), [[2, 3, 2, 5]],
      "selection of positions (4,0) of a tensor of shape [2, 3, 2, 5]: it has 3×2 positions"
    ),
    (
      a.at(.center), [[2, 3]],
      "selection of positions (center) of a tensor of shape [2, 3]: it is no feature map of shape [N, H, W, C]"
    ),
    (
      a.reshaped(to: [4, -1]), [[2, 3, 2]],
      "reshaping each picture to [4, -1] of a tensor of shape [2, 3, 2]: each picture has 6 elements"
    ),
    (
      a.concatenated(with: b, along: 1), [[2, 3, 2], [2, 3, 4]],
      "concatenation along axis 1 of tensors of shapes [2, 3, 2] and [2, 3, 4]: they differ along another axis than 1"
    ),
    (
      a.concatenated(with: b, along: 1), [[2, 3, 2], [2, 3]],
      "concatenation along axis 1 of tensors of shapes [2, 3, 2] and [2, 3]: they have different axes"
    ),
    (
      a.concatenated(with: b, along: 0), [[2, 3], [2, 3]],
      "concatenation along axis 0 of tensors of shapes [2, 3] and [2, 3]: axis 0 is that of the pictures, which have no others after them"
    ),
    (
      a.squared(), [[2, 7, 7, 64]],
      "the result of shape [2, 7, 7, 64] is not one number for each picture, [2]: take its mean() or sum()"
    ),
    (
      a.mean(over: [0, 1]), [[2, 7]],
      "the result is one number for all pictures: share it out by dividedAmongPictures()"
    ),
    (
      a.sum() * TensorExpression.constants(eachOf: Tensor(shape: [3], repeating: 1)), [[2, 7]],
      "constants of shape [3] have no first axis of 2 pictures"
    ),
    (
      a.sum() + b.sum(), [[2, 7], [3, 7]],
      "2 tensors are read, each of the same pictures along its first axis, not [[2, 7], [3, 7]]"
    ),
    (TensorExpression.constant(1), [], "it reads neither a layer nor the picture"),
  ]

  @Test(arguments: cases.indices) func `an error names the operation, the shapes and the rule`(
    index: Int
  ) {
    let (expression, shapes, reason) = Self.cases[index]
    #expect(throws: VisualizationError.invalidArgument("Mine", reason)) {
      try DerivedLoss("Mine", minimizing: expression).validate(shapes)
    }
  }
}
