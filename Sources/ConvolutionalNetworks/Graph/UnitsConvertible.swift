/// What names a set of units: an index, a label, or several of them.
///
///     units: 3
///     units: "zebra"
///     units: ["zebra", "flamingo"]
///     units: 0..<4
///     units: .all
///
/// Indices and labels together are written as `[.index(3), .label("zebra")] as [UnitID]`.
public protocol UnitsConvertible: Sendable {
  /// The units; none stands for all units of the layer.
  var unitIDs: [UnitID] { get }
}

/// What names one unit, so that arrays of it name several.
public protocol UnitConvertible: UnitsConvertible {
  /// The unit.
  var unitID: UnitID { get }
}

extension UnitConvertible {
  public var unitIDs: [UnitID] { [unitID] }
}

extension UnitID: UnitConvertible {
  public var unitID: UnitID { self }
}

extension Int: UnitConvertible {
  /// The unit at this index.
  public var unitID: UnitID { .index(self) }
}

extension String: UnitConvertible {
  /// The unit of the class with this label.
  public var unitID: UnitID { .label(self) }
}

extension Array: UnitsConvertible where Element: UnitConvertible {
  public var unitIDs: [UnitID] { map(\.unitID) }
}

extension ArraySlice: UnitsConvertible where Element: UnitConvertible {
  public var unitIDs: [UnitID] { map(\.unitID) }
}

extension Range: UnitsConvertible where Bound == Int {
  public var unitIDs: [UnitID] { map(UnitID.index) }
}

extension ClosedRange: UnitsConvertible where Bound == Int {
  public var unitIDs: [UnitID] { map(UnitID.index) }
}

/// All units of a layer.
public struct AllUnits: UnitsConvertible {
  /// The value.
  public init() {}

  public var unitIDs: [UnitID] { [] }
}

extension UnitsConvertible where Self == AllUnits {
  /// All units of the layer.
  public static var all: AllUnits { AllUnits() }
}
