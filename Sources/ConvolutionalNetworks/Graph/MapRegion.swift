/// A rectangle of positions of a feature map; a map of one axis has one column.
public struct MapRegion: Sendable, Hashable {
  /// The rows, numbered from 0.
  public let rows: Range<Int>
  /// The columns, numbered from 0.
  public let columns: Range<Int>

  public init(rows: Range<Int>, columns: Range<Int>) {
    self.rows = rows
    self.columns = columns
  }

  /// The number of positions.
  public var count: Int { rows.count * columns.count }
}
