/// An operation of shape arithmetic.
public enum ArrayOperation: Sendable, Equatable {
  /// Elements of the first operand at the positions in the second, along an axis.
  case gather(axis: Int)
  /// The operands joined along an axis.
  case concatenate(axis: Int)
  /// Inserts axes of extent 1.
  case unsqueeze(axes: [Int])
  /// Drops axes of extent 1; `nil` drops all of them.
  case squeeze(axes: [Int]?)
  /// Elements of the first operand from the second to before the third, along the axes of the fourth and in
  /// steps of the fifth; the last two may be left out.
  case slice
  /// The first operand under the shape in the second, in which −1 is inferred and 0 keeps an extent.
  case reshape
  /// The first operand repeated along each axis as often as the second says.
  case tile
  /// 1 where the first operand is the second, else 0, with broadcasting.
  case equal
  /// The second operand where the first is not 0, else the third, with broadcasting.
  case choose
  /// Elementwise, with broadcasting.
  case add, subtract, multiply, divide, maximum, minimum, power
  /// Division of integers, rounded towards zero, with broadcasting.
  case divideIntegers
  /// What is left of a division rounded down, which has the divisor's sign, with broadcasting.
  case modulo
  /// Elementwise.
  case floor, ceil, negate
  /// Elementwise.
  case function(MathFunction)
  /// Towards zero, as casts to integers do.
  case truncate
  /// A reduction along some axes.
  case reduce(Reduction)
  /// The extents of the operand, a vector.
  case extents
  /// The product of all elements, a scalar.
  case product
  /// The shape in the operand filled with a number.
  case fill(Double)
  /// Numbers from the first operand to before the second in steps of the third.
  case range
}
