import ConvolutionalNetworks
import Foundation

extension GridSampling: InterpretedOperation {
  package var presentation: Presentation { .logical }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    var result = DoubleTensor(
      shape: try outputShapes(for: inputs.map(\.shape), layout: layout)[0])
    forEachTerm(inputs) { output, input, share, _, _ in
      result.elements[output] += share * inputs[0].elements[input]
    }
    return [result]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    var results = point.inputs.map { DoubleTensor(shape: $0.shape) }
    forEachTerm(point.inputs) { output, input, share, coordinate, slopes in
      let gradient = gradients[0].elements[output]
      results[0].elements[input] += gradient * share
      for (axis, slope) in slopes.enumerated() {
        results[1].elements[coordinate + axis] += gradient * slope * point.inputs[0].elements[input]
      }
    }
    return results
  }

  /// Visits each element of the output with each cell of its map, the cell's share in it, the first of its coordinates and
  /// the slopes of the share.
  private func forEachTerm(
    _ inputs: [DoubleTensor],
    _ body: (_ output: Int, _ input: Int, _ share: Double, _ coordinate: Int, _ slopes: [Double]) ->
      Void
  ) {
    let (maps, grid) = (inputs[0], inputs[1])
    let extents = Array(maps.shape[2...])
    let (cells, axes) = (extents.reduce(1, *), extents.count)
    let places = grid.shape[1...].dropLast().reduce(1, *)
    for picture in 0..<maps.shape[0] {
      for place in 0..<places {
        let coordinate = (picture * places + place) * axes
        let shares = extents.enumerated().map { axis, extent in
          self.shares(grid.elements[coordinate + axes - 1 - axis], extent)
        }
        for cell in 0..<cells {
          var (rest, own) = (cell, [(value: Double, slope: Double)](repeating: (0, 0), count: axes))
          for axis in (0..<axes).reversed() {
            own[axis] = shares[axis][rest % extents[axis]]
            rest /= extents[axis]
          }
          let share = own.reduce(1) { $0 * $1.value }
          // In the order of the grid, the last axis first.
          let slopes = (0..<axes).reversed().map { axis in
            own.indices.reduce(1) { $0 * ($1 == axis ? own[$1].slope : own[$1].value) }
          }
          guard share != 0 || slopes.contains(where: { $0 != 0 }) else { continue }
          for channel in 0..<maps.shape[1] {
            let plane = picture * maps.shape[1] + channel
            body(plane * places + place, plane * cells + cell, share, coordinate, slopes)
          }
        }
      }
    }
  }

  /// The share of every cell of an axis in a sample, as the sum over all cells of the axis laid out without end that it
  /// stands for.
  private func shares(_ coordinate: Double, _ extent: Int) -> [(value: Double, slope: Double)] {
    let length = Double(alignsCorners ? extent - 1 : extent)
    var place = (coordinate + 1) * length / 2 - (alignsCorners ? 0 : 0.5)
    var slope = length / 2
    if interpolation == .nearest { (place, slope) = (place.rounded(.toNearestOrEven), 0) }
    let low = alignsCorners ? 0 : -0.5
    let high = Double(extent - 1) - low
    while surroundings == .reflection, high > low, place < low || place > high {
      place = place < low ? 2 * low - place : 2 * high - place
      slope = -slope
    }
    if surroundings == .border, place < low || place > high {
      (place, slope) = (min(max(place, 0), Double(extent - 1)), 0)
    }
    var shares = [(value: Double, slope: Double)](repeating: (0, 0), count: extent)
    for cell in (Int(place.rounded(.down)) - 2)...(Int(place.rounded(.down)) + 3) {
      var own = cell
      switch surroundings {
      case .zeros: break
      case .border: own = min(max(cell, 0), extent - 1)
      case .reflection:
        while high > low, !(0..<extent).contains(own) {
          own = own < 0 ? Int(2 * low) - own : Int(2 * high) - own
        }
      }
      guard shares.indices.contains(own) else { continue }
      let weight = weight(place - Double(cell))
      shares[own].value += weight.value
      shares[own].slope += weight.slope * slope
    }
    return shares
  }

  /// The interpolation's curve at a distance from a cell.
  private func weight(_ x: Double) -> (value: Double, slope: Double) {
    let (distance, sign) = (abs(x), x < 0 ? -1.0 : 1)
    switch interpolation {
    case .nearest: return (distance < 0.5 ? 1 : 0, 0)
    case .linear: return distance < 1 ? (1 - distance, -sign) : (0, 0)
    case .cubic:
      let a = -0.75
      if distance < 1 {
        return (
          (a + 2) * pow(distance, 3) - (a + 3) * pow(distance, 2) + 1,
          sign * (3 * (a + 2) * pow(distance, 2) - 2 * (a + 3) * distance)
        )
      }
      guard distance < 2 else { return (0, 0) }
      return (
        a * pow(distance, 3) - 5 * a * pow(distance, 2) + 8 * a * distance - 4 * a,
        sign * (3 * a * pow(distance, 2) - 10 * a * distance + 8 * a)
      )
    }
  }
}
