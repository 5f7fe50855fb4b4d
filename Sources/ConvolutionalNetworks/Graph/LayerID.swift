/// A layer by name or by position in the network's order.
///
/// A string literal is a name, an integer literal a position; −1 is the last layer.
public enum LayerID: Sendable, Hashable {
  /// The layer of this name, or else the one that writes a value of this name.
  case name(String)
  /// The layer at this position; negative positions count from the end.
  case position(Int)
}

extension LayerID: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  public init(stringLiteral name: String) { self = .name(name) }
  public init(integerLiteral position: Int) { self = .position(position) }
}

extension LayerID: CustomStringConvertible {
  public var description: String {
    switch self {
    case .name(let name): name
    case .position(let position): "#\(position)"
    }
  }
}
