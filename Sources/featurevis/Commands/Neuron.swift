import ConvolutionalNetworks

/// What a step pulls back: a unit's mean over positions, or its activation at one of them.
struct Neuron {
  let unit: Int
  /// The row and the column; `nil` for the mean over all.
  let cell: [Int]?
}

extension Workspace {
  /// Sets the gradient of the first tap to that of the sum over the batch of what `neuron` says.
  func seed(_ neuron: Neuron) {
    clearTapGradients()
    let tap = program.taps[0]
    let place = tap.units?.firstIndex(of: neuron.unit) ?? neuron.unit
    let width = tap.shape.count == 4 ? tap.shape[2] : 1
    let positions = max(1, tap.shape.dropFirst().dropLast().reduce(1, *))
    let counted: Range<Int>
    if let cell = neuron.cell {
      let (row, column) = (tap.region?.rows.lowerBound ?? 0, tap.region?.columns.lowerBound ?? 0)
      let position = (cell[0] - row) * width + cell[1] - column
      counted = position..<(position + 1)
    } else {
      counted = 0..<positions
    }
    withTapGradient(0) { gradient in
      for picture in 0..<(tap.shape.first ?? 1) {
        for position in counted {
          gradient[(picture * positions + position) * (tap.shape.last ?? 1) + place] =
            1 / Float(counted.count)
        }
      }
    }
  }
}
