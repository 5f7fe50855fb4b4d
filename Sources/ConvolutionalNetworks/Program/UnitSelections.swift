/// The taps of which a program computes some units only.
struct UnitSelections {
  /// The units of such a tap, and how many its layer has, by the value tapped.
  private(set) var byValue: [String: (units: [Int], unitCount: Int)] = [:]
  /// How many units the layers compute that compute fewer than they have, by name.
  private(set) var computedUnitCounts: [String: Int] = [:]

  /// Takes out of a graph what the taps do not read.
  ///
  /// - Parameter values: the value of each tap. Taps of one value get the units of all of them.
  init(_ taps: [TapRequest], _ values: [String], in graph: inout ProgramGraph) {
    guard taps.contains(where: { $0.units != nil }) else { return }
    let uses = ValueUses(graph)
    let readers = Dictionary(grouping: zip(taps, values), by: \.1)
    for (value, readers) in readers.sorted(by: { $0.key < $1.key }) {
      var units: Set<Int> = []
      var isWhole = false
      for (tap, _) in readers {
        units.formUnion(tap.units ?? [])
        isWhole = isWhole || tap.units == nil
      }
      let chosen = units.sorted()
      let count = graph.unitCount(of: value)
      guard !isWhole, let first = chosen.first, let last = chosen.last, first >= 0, last < count,
        chosen.count < count, let layer = graph.keepUnits(chosen, of: value, uses)
      else { continue }
      byValue[value] = (chosen, count)
      computedUnitCounts[layer] = chosen.count
    }
  }
}
