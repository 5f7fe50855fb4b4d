/// A unit of a layer by index, or by the label of the class it stands for.
///
/// An integer literal is an index, a string literal a label.
public enum UnitID: Sendable, Hashable {
  /// The unit at this index of the last axis, from 0.
  case index(Int)
  /// The unit of the class with this label; see `NeuralNetwork.unit(labeled:)` for what matches.
  case label(String)

  /// The index, where the unit is given by one.
  public var index: Int? {
    if case .index(let index) = self { index } else { nil }
  }
}

extension UnitID: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
  public init(integerLiteral index: Int) { self = .index(index) }
  public init(stringLiteral label: String) { self = .label(label) }
}

extension UnitID: CustomStringConvertible {
  public var description: String {
    switch self {
    case .index(let index): "\(index)"
    case .label(let label): label
    }
  }
}
