/// The class that a picture is of, as the network calls it that drew the picture.
public struct DrawnClass: Sendable, Hashable {
  /// Its label, which may be several names between commas; `nil` where nobody said.
  public let label: String?
  /// Its number among the classes of that network; `nil` where only the label is known.
  public let unit: Int?
  /// How many classes that network has; `nil` where that is not known.
  public let classCount: Int?

  /// - Parameters:
  ///   - label: its label, which may be several names between commas.
  ///   - unit: its number among the classes of the network that drew it.
  ///   - classCount: how many classes that network has.
  public init(_ label: String?, unit: Int? = nil, of classCount: Int? = nil) {
    (self.label, self.unit, self.classCount) = (label, unit, classCount)
  }

  /// What people call it.
  public var name: String { label ?? unit.map { "unit \($0)" } ?? "unknown" }
}
