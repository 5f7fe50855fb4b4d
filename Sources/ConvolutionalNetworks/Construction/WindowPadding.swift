/// The cells added round a feature map before a window slides over it, in a network written in code.
///
/// `padding: 1` is one cell on each side, as in PyTorch; `.same` and `.valid` are Keras'.
public enum WindowPadding: Sendable, Equatable {
  /// None.
  case valid
  /// As many as make the output `⌈input / stride⌉`, the odd one after.
  case same
  /// These before and after: a number for each spatial axis, or one for all.
  case explicit(before: [Int], after: [Int])

  /// The same number of cells before and after.
  public static func cells(_ count: some SpatialExtents) -> WindowPadding {
    .explicit(before: count.spatialExtents, after: count.spatialExtents)
  }

  /// The padding of a window over `axes` axes.
  func padding(axes: Int) throws(ShapeError) -> Padding {
    switch self {
    case .valid: .none(axes: axes)
    case .same: .sameUpper
    case .explicit(let before, let after):
      .explicit(
        before: try before.spread(over: axes, "padding"),
        after: try after.spread(over: axes, "padding"))
    }
  }
}

extension WindowPadding: ExpressibleByIntegerLiteral {
  /// This number of cells on each side.
  public init(integerLiteral cells: Int) { self = .cells(cells) }
}
