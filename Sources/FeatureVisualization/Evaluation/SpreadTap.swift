/// A tap of some units or positions, spread out to all of its layer: losses number them as the network does.
///
/// What the program does not compute holds NaN, so that a loss that looks at more than it says is found out.
final class SpreadTap {
  private let tap: Int
  private let units: [Int]
  private let shape: [Int]
  /// The positions computed, as rows and columns of the whole map; any other value is one row of them.
  private let region: MapRegion
  private let width: Int
  private let rowsPerPicture: Int
  /// The whole of the layer.
  private let whole: RowTensor

  /// The spread-out form of a program's tap; `nil` for one that has everything.
  init?(_ tap: Int, of program: Program) {
    let description = program.taps[tap]
    guard description.units != nil || description.region != nil else { return nil }
    self.tap = tap
    units = description.units ?? Array(0..<description.unitCount)
    shape = description.wholeShape
    let positions = shape.dropFirst().dropLast()
    width = positions.count == 2 ? positions[2] : 1
    rowsPerPicture = positions.reduce(1, *) / max(width, 1)
    region = description.region ?? MapRegion(rows: 0..<rowsPerPicture, columns: 0..<width)
    whole = RowTensor(shape: shape, repeating: .nan)
  }

  /// What losses look at.
  var part: TappedPart { whole.part }

  /// Takes what the workspace has computed.
  func read(_ workspace: Workspace) {
    workspace.withTap(tap) { elements in
      forEachElement { element, place in whole.values[place] = elements[element] }
    }
  }

  /// Hands the gradient that losses have added on to the workspace, and forgets it.
  func drainGradient(into workspace: Workspace) {
    workspace.withTapGradient(tap) { target in
      forEachElement { element, place in
        if !target.isEmpty { target[element] += whole.gradient[place] }
        whole.gradient[place] = 0
      }
    }
  }

  private func forEachElement(_ body: (_ element: Int, _ place: Int) -> Void) {
    let unitCount = shape.last ?? 1
    var element = 0
    for picture in 0..<(shape.first ?? 1) {
      for row in region.rows {
        for column in region.columns {
          let position = (picture * rowsPerPicture + row) * width + column
          for unit in units {
            body(element, position * unitCount + unit)
            element += 1
          }
        }
      }
    }
  }
}
