/// What a recurrent layer keeps of one picture from forward to backward, and what it needs for one step.
struct RecurrenceMemory {
  let extents: RecurrenceExtents
  private let base: UnsafeMutablePointer<Float>

  init(_ extents: RecurrenceExtents, _ state: UnsafeMutablePointer<Float>, picture: Int) {
    self.extents = extents
    base = state + picture * extents.keptCount
  }

  /// The gates of a step, by its place in the sequence.
  func values(_ place: Int) -> UnsafeMutablePointer<Float> { base + place * extents.rows }

  /// The sums of the gates of a step, then their slopes, and after the way back the gradients of the sums.
  func sums(_ place: Int) -> UnsafeMutablePointer<Float> {
    base + (extents.steps + place) * extents.rows
  }

  /// The state before the turn of a number; after the last one that of the number of turns.
  func state(_ turn: Int) -> UnsafeMutablePointer<Float> {
    base + 2 * extents.steps * extents.rows + turn * extents.units
  }

  /// The cell before a turn, as `state`.
  func cell(_ turn: Int) -> UnsafeMutablePointer<Float> { state(extents.steps + 1 + turn) }

  /// The activation of the cell after a turn; of a GRU that resets after, `R h + b'` of its candidate.
  func content(_ turn: Int) -> UnsafeMutablePointer<Float> {
    state((extents.hasCell ? 2 : 1) * (extents.steps + 1) + turn)
  }

  /// The slopes of the cell's activation after a turn.
  func contentSlopes(_ turn: Int) -> UnsafeMutablePointer<Float> {
    content(extents.steps + turn)
  }
}

/// The extents of a recurrent layer.
struct RecurrenceExtents: Sendable {
  let pictures: Int
  /// The steps of the sequence, and those taken.
  let steps: Int
  let taken: Int
  let inputs: Int
  let units: Int
  let gates: Int
  let hasCell: Bool
  let sequenceAxis: Int

  init(_ recurrence: Recurrence, sequence: [Int]) {
    sequenceAxis = recurrence.sequenceAxis
    pictures = sequence[1 - sequenceAxis]
    steps = sequence[sequenceAxis]
    taken = recurrence.stepCount ?? steps
    inputs = sequence[2]
    units = recurrence.units
    gates = recurrence.cell.gates.count
    hasCell = recurrence.cell.hasCell
  }

  /// The sums of a step.
  var rows: Int { gates * units }

  /// The `Float`s kept of a picture: gates and slopes, states, cells, and two more numbers of each unit and step.
  var keptCount: Int {
    2 * steps * rows + (hasCell ? 2 : 1) * (steps + 1) * units + 2 * steps * units
  }

  /// The `Float`s that a step needs.
  var scratchCount: Int { 2 * rows + 4 * units }

  /// The steps between neighbours of a picture's sequence, in vectors.
  var stride: Int { sequenceAxis == 1 ? 1 : pictures }

  /// The number of a vector among those of all pictures.
  func vector(_ picture: Int, _ place: Int) -> Int {
    sequenceAxis == 1 ? picture * steps + place : place * pictures + picture
  }
}
