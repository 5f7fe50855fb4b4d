import ConvolutionalNetworks

/// One step of a recurrent layer for one picture, from the definitions in `RecurrentCell`.
struct RecurrentTurn {
  /// The state h and an LSTM's cell c.
  struct Memory {
    var state: [Double]
    var cell: [Double]
  }

  let place: Int
  let after: Memory
  private let layer: Recurrence
  private let before: Memory
  /// The gates' values and slopes, `[gates · units]`.
  private let points: [ActivationFunction.Point]
  /// What an LSTM's cell becomes behind its activation.
  private let seen: [ActivationFunction.Point]
  /// `R h + b'` of a GRU's candidate that is reset after.
  private let product: [Double]

  init(_ layer: Recurrence, place: Int, x: [Double], before: Memory) {
    (self.layer, self.place, self.before) = (layer, place, before)
    let units = layer.units
    var sums = layer.times(layer.inputWeights, x)
    for (row, bias) in (layer.inputBias?.elements ?? []).enumerated() { sums[row] += Double(bias) }
    var recurrent = layer.times(layer.recurrentWeights, before.state)
    for (row, bias) in (layer.recurrentBias?.elements ?? []).enumerated() {
      recurrent[row] += Double(bias)
    }
    var after = before
    var points: [ActivationFunction.Point] = []
    var (seen, product): ([ActivationFunction.Point], [Double]) = ([], [])
    switch layer.cell {
    case .simple:
      points = zip(sums, recurrent).map { layer.point($0 + $1, 0) }
      after.state = points.map(\.value)
    case .lstm(let couplesGates):
      for row in 0..<3 * units {
        let sum = sums[row] + recurrent[row] + layer.peephole(row, before.cell)
        points.append(layer.point(sum, row < 2 * units ? 0 : 1))
      }
      for i in 0..<units {
        if couplesGates { points[units + i] = (1 - points[i].value, 0) }
        after.cell[i] =
          points[units + i].value * before.cell[i] + points[i].value * points[2 * units + i].value
      }
      for row in 3 * units..<4 * units {
        points.append(layer.point(sums[row] + recurrent[row] + layer.peephole(row, after.cell), 0))
      }
      seen = after.cell.map { layer.point($0, 2) }
      after.state = (0..<units).map { points[3 * units + $0].value * seen[$0].value }
    case .gru(let resetAfter):
      points = (0..<2 * units).map { layer.point(sums[$0] + recurrent[$0], 0) }
      product = Array(recurrent[(2 * units)...])
      if !resetAfter {
        let looked = (0..<units).map { points[units + $0].value * before.state[$0] }
        let whole = layer.times(layer.recurrentWeights, looked)
        for i in 0..<units {
          let bias = Double(layer.recurrentBias?.elements[2 * units + i] ?? 0)
          points.append(layer.point(sums[2 * units + i] + whole[2 * units + i] + bias, 1))
        }
      } else {
        for i in 0..<units {
          points.append(
            layer.point(sums[2 * units + i] + points[units + i].value * product[i], 1))
        }
      }
      for i in 0..<units {
        let keep = points[i].value
        after.state[i] = (1 - keep) * points[2 * units + i].value + keep * before.state[i]
      }
    }
    (self.after, self.points, self.seen, self.product) = (after, points, seen, product)
  }

  /// Turns the gradients of state and cell after the step into those before it.
  ///
  /// - Returns: the gradients of the sums, `[gates · units]`.
  func pullBack(_ state: inout [Double], _ cell: inout [Double]) -> [Double] {
    let units = layer.units
    // Of the gates' values first.
    var gates = Array(repeating: 0.0, count: points.count)
    // Of R h, which differs where a GRU's reset comes between.
    var recurrent: [Double] = []
    var earlier = Array(repeating: 0.0, count: units)
    switch layer.cell {
    case .simple:
      gates = state
    case .lstm(let couplesGates):
      for i in 0..<units {
        gates[3 * units + i] = state[i] * seen[i].value
        cell[i] += state[i] * points[3 * units + i].value * seen[i].slope
        cell[i] +=
          gates[3 * units + i] * points[3 * units + i].slope * layer.peepholeWeight(3 * units + i)
        gates[i] = cell[i] * points[2 * units + i].value
        gates[units + i] = cell[i] * before.cell[i]
        if couplesGates { gates[i] -= gates[units + i] }
        gates[2 * units + i] = cell[i] * points[i].value
        cell[i] *= points[units + i].value
      }
      for row in 0..<2 * units {
        cell[row % units] += gates[row] * points[row].slope * layer.peepholeWeight(row)
      }
    case .gru(let resetAfter):
      for i in 0..<units {
        gates[i] = state[i] * (before.state[i] - points[2 * units + i].value)
        gates[2 * units + i] = state[i] * (1 - points[i].value)
        earlier[i] = state[i] * points[i].value
      }
      let candidate = (0..<units).map { gates[2 * units + $0] * points[2 * units + $0].slope }
      if resetAfter {
        for i in 0..<units { gates[units + i] = candidate[i] * product[i] }
        recurrent = candidate.indices.map { candidate[$0] * points[units + $0].value }
      } else {
        let looked = layer.transposedTimes(
          layer.recurrentWeights, Array(repeating: 0, count: 2 * units) + candidate)
        for i in 0..<units {
          gates[units + i] = looked[i] * before.state[i]
          earlier[i] += looked[i] * points[units + i].value
        }
        recurrent = Array(repeating: 0, count: units)
      }
    }
    let sums = zip(gates, points).map { $0 * $1.slope }
    let rows = recurrent.isEmpty ? sums : sums[..<(2 * units)] + recurrent
    state = zip(earlier, layer.transposedTimes(layer.recurrentWeights, rows)).map { $0 + $1 }
    return sums
  }
}

extension Recurrence {
  /// A matrix of the layer times a vector.
  fileprivate func times(_ matrix: Tensor, _ vector: [Double]) -> [Double] {
    let elements = matrix.elements
    return (0..<matrix.shape[0]).map { row in
      vector.indices.reduce(0) { $0 + Double(elements[row * vector.count + $1]) * vector[$1] }
    }
  }

  /// The transpose of a matrix of the layer times a vector.
  func transposedTimes(_ matrix: Tensor, _ vector: [Double]) -> [Double] {
    let (elements, width) = (matrix.elements, matrix.shape[1])
    return (0..<width).map { column in
      vector.indices.reduce(0) { $0 + Double(elements[$1 * width + column]) * vector[$1] }
    }
  }

  /// What a gate sees of the cell of its unit.
  fileprivate func peephole(_ row: Int, _ cell: [Double]) -> Double {
    peepholeWeight(row) * cell[row % units]
  }

  fileprivate func peepholeWeight(_ row: Int) -> Double {
    guard let peepholes, row / units != 2 else { return 0 }
    return Double(peepholes.elements[row < 2 * units ? row : row - units])
  }

  /// An activation at a clipped sum; an LSTM's cell is not clipped.
  fileprivate func point(_ sum: Double, _ activation: Int) -> ActivationFunction.Point {
    let bound = activation == 2 ? Double.infinity : Double(clip ?? .infinity)
    let curve = activations[activation]
    let clipped = min(max(sum, -bound), bound)
    let scale = Double(curve.inputScale)
    let point = curve.function.points(
      at: DoubleTensor(shape: [1], elements: [scale * clipped]))[0]
    let outer = Double(curve.outputScale)
    return (
      outer * point.value + Double(curve.offset),
      abs(sum) < bound ? outer * scale * point.slope : 0
    )
  }
}
