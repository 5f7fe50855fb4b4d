/// A linear map that works on each axis alone: every output cell is a weighted sum of input cells, the
/// weight being a product of one factor per axis.
///
/// Slices, padding, means and resampling are all of this kind, and so are their transposes.
struct SeparableSum {
  /// What an output cell takes from one cell of the input.
  struct Term {
    let position: Int
    let weight: Double
  }

  /// One axis of the map.
  struct Axis {
    /// The extent of the input.
    let input: Int
    /// For each output cell what it is made of; `nil` for a cell outside the input, which holds `fill`.
    let cells: [[Term]?]

    /// An axis that the map leaves as it is.
    static func identity(_ extent: Int) -> Axis { Axis(input: extent, taking: Array(0..<extent)) }

    init(input: Int, cells: [[Term]?]) {
      self.input = input
      self.cells = cells
    }

    /// An axis whose output cells are copies of the input cells at `positions`; `nil` is outside.
    init(input: Int, taking positions: [Int?]) {
      self.init(
        input: input, cells: positions.map { $0.map { [Term(position: $0, weight: 1)] } })
    }
  }

  let axes: [Axis]
  /// What cells outside the input hold. The weights of every other cell must sum to 1.
  var fill = 0.0

  /// The map's result.
  func apply(to tensor: DoubleTensor) -> DoubleTensor {
    var result = tensor
    for (number, axis) in axes.enumerated() {
      var shape = result.shape
      shape[number] = axis.cells.count
      var sums = DoubleTensor(shape: shape)
      forEachTerm(of: axis, number, shape: shape) { output, input, weight in
        sums.elements[output] += weight * (input.map { result.elements[$0] } ?? fill)
      }
      result = sums
    }
    return result
  }

  /// The transposed map's result: ∂objective/∂input from ∂objective/∂output.
  func pullBack(_ gradient: DoubleTensor) -> DoubleTensor {
    var result = gradient
    for (number, axis) in axes.enumerated().reversed() {
      var shape = result.shape
      shape[number] = axis.input
      var sums = DoubleTensor(shape: shape)
      forEachTerm(of: axis, number, shape: result.shape) { output, input, weight in
        if let input { sums.elements[input] += weight * result.elements[output] }
      }
      result = sums
    }
    return result
  }

  /// Calls `body` with the offsets of output and input, and the weight, for each term of each output cell;
  /// `shape` is that of the output.
  private func forEachTerm(
    of axis: Axis, _ number: Int, shape: [Int],
    _ body: (_ output: Int, _ input: Int?, _ weight: Double) -> Void
  ) {
    let outer = shape[..<number].reduce(1, *)
    let inner = shape[(number + 1)...].reduce(1, *)
    for block in 0..<outer {
      for (cell, terms) in axis.cells.enumerated() {
        let output = (block * axis.cells.count + cell) * inner
        guard let terms else {
          for i in 0..<inner { body(output + i, nil, 1) }
          continue
        }
        for term in terms {
          let input = (block * axis.input + term.position) * inner
          for i in 0..<inner { body(output + i, input + i, term.weight) }
        }
      }
    }
  }
}
