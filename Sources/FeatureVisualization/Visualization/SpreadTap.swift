/// A tap of some units, spread out to all units of its layer: losses number units as the network does.
///
/// Units that the program does not compute hold NaN, so that a loss that looks at more than it says is found out.
final class SpreadTap {
  private let tap: Int
  private let units: [Int]
  private let shape: [Int]
  private let values: UnsafeMutableBufferPointer<Float>
  private let gradient: UnsafeMutableBufferPointer<Float>

  /// The spread-out form of a program's tap; `nil` for one that has all units.
  init?(_ tap: Int, of program: Program) {
    let description = program.taps[tap]
    guard let units = description.units else { return nil }
    self.tap = tap
    self.units = units
    shape = description.wholeShape
    values = .allocate(capacity: shape.reduce(1, *))
    gradient = .allocate(capacity: values.count)
    values.initialize(repeating: .nan)
    gradient.initialize(repeating: 0)
  }

  deinit {
    values.deallocate()
    gradient.deallocate()
  }

  /// The tensor with what the workspace has computed.
  func read(_ workspace: Workspace) -> TappedTensor {
    workspace.withTap(tap) { elements in
      forEachElement { element, place in values[place] = elements[element] }
    }
    return TappedTensor(shape: shape, values: UnsafeBufferPointer(values), gradient: gradient)
  }

  /// Hands the gradient that losses have added on to the workspace, and forgets it.
  func drainGradient(into workspace: Workspace) {
    workspace.withTapGradient(tap) { target in
      forEachElement { element, place in
        if !target.isEmpty { target[element] += gradient[place] }
        gradient[place] = 0
      }
    }
  }

  private func forEachElement(_ body: (_ element: Int, _ place: Int) -> Void) {
    let unitCount = shape.last ?? 1
    for position in 0..<(values.count / max(unitCount, 1)) {
      for (index, unit) in units.enumerated() {
        body(position * units.count + index, position * unitCount + unit)
      }
    }
  }
}
