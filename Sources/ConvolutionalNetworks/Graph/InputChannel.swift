/// A channel of an input that takes neither colours nor grey: a band of a satellite, an electrode, a column of a table.
///
///     let bands: [InputChannel] = ["B2", "B3", "B4", InputChannel("B8", color: .init(red: 1, green: 0, blue: 0.5))]
public struct InputChannel: Sendable, Hashable {
  /// What it is called.
  public let name: String
  /// The colour that its largest value is shown in where channels are added up; `nil` of a channel that is not shown so.
  public let color: Color?

  /// A channel of a name, which is shown in a colour if it has one.
  public init(_ name: String, color: Color? = nil) {
    self.name = name
    self.color = color
  }

  /// A colour that a channel is shown in.
  public struct Color: Sendable, Hashable {
    /// The shares of red, green and blue, 0…1.
    public let red, green, blue: Float

    /// A colour of these shares, 0…1.
    public init(red: Float, green: Float, blue: Float) {
      (self.red, self.green, self.blue) = (red, green, blue)
    }

    public static let red = Color(red: 1, green: 0, blue: 0)
    public static let green = Color(red: 0, green: 1, blue: 0)
    public static let blue = Color(red: 0, green: 0, blue: 1)

    /// Red, green and blue.
    package var shares: [Float] { [red, green, blue] }
  }
}

extension InputChannel: ExpressibleByStringLiteral {
  /// A channel of this name without a colour.
  public init(stringLiteral name: String) { self.init(name) }
}
