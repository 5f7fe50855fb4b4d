/// The height and width of what the network sees.
///
///     preset.with(\.size, 288)
///     preset.with(\.size, InputSize(height: 48, width: 320))
public struct InputSize: Sendable, Hashable {
  /// Rows of pixels.
  public let height: Int
  /// Columns of pixels.
  public let width: Int

  /// A size in pixels.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// A square.
  public init(_ side: Int) { self.init(height: side, width: side) }
}

extension InputSize: ExpressibleByIntegerLiteral {
  /// A square.
  public init(integerLiteral side: Int) { self.init(side) }
}
