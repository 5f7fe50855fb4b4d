/// The cells added round a feature map before a window slides over it.
public enum Padding: Sendable, Equatable {
  /// These many cells before and after, one pair per spatial axis; asymmetric where they differ.
  case explicit(before: [Int], after: [Int])
  /// As many as make the output `⌈input / stride⌉`, the odd one after (TensorFlow's SAME).
  case sameUpper
  /// As many as make the output `⌈input / stride⌉`, the odd one before.
  case sameLower

  /// No cells.
  public static func none(axes: Int = 2) -> Padding { uniform(0, axes: axes) }

  /// The same number of cells on every side.
  public static func uniform(_ cells: Int, axes: Int = 2) -> Padding {
    .explicit(
      before: Array(repeating: cells, count: axes), after: Array(repeating: cells, count: axes))
  }
}
