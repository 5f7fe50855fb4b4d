/// The height and width of what the network sees.
///
///     preset.with(\.size, 288)
///     preset.with(\.size, InputSize(height: 48, width: 320))
public struct InputSize: Sendable, Hashable {
  /// Rows of pixels; `nil` for as many as columns, and for the one row of a signal.
  public let height: Int?
  /// Columns of pixels, or the length of a signal.
  public let width: Int

  /// A size in pixels.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// A square, or a signal of this length.
  public init(_ side: Int) {
    height = nil
    width = side
  }
}

extension InputSize: ExpressibleByIntegerLiteral {
  /// A square, or a signal of this length.
  public init(integerLiteral side: Int) { self.init(side) }
}
