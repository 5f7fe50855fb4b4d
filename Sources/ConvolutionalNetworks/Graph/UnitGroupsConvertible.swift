/// What names the units of several pictures: a set for each.
///
///     eachOf: ["zebra", "flamingo"]
///     eachOf: 0..<64
///     eachOf: [[1, 7], [3]]
public protocol UnitGroupsConvertible: Sendable {
  /// The units of each picture; an empty set stands for all units of the layer.
  var unitGroups: [[UnitID]] { get }
}

extension Array: UnitGroupsConvertible where Element: UnitsConvertible {
  public var unitGroups: [[UnitID]] { map(\.unitIDs) }
}

extension ArraySlice: UnitGroupsConvertible where Element: UnitsConvertible {
  public var unitGroups: [[UnitID]] { map(\.unitIDs) }
}

extension Range: UnitGroupsConvertible where Bound == Int {
  public var unitGroups: [[UnitID]] { map { [.index($0)] } }
}

extension ClosedRange: UnitGroupsConvertible where Bound == Int {
  public var unitGroups: [[UnitID]] { map { [.index($0)] } }
}
