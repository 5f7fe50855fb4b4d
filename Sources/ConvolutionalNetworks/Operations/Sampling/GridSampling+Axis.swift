extension GridSampling {
  /// A cell of an axis that a sample is made of.
  struct AxisCell {
    /// Its position; `nil` for one beyond the map that counts as 0.
    let position: Int?
    /// Its share of the sample.
    let weight: Float
    /// How its share grows with the coordinate.
    let slope: Float
  }

  /// The cells along an axis of `extent` cells that a sample at a coordinate in −1…1 is made of, one after the other.
  func forEachCell(at coordinate: Float, extent: Int, _ body: (AxisCell) -> Void) {
    let length = Float(alignsCorners ? extent - 1 : extent)
    var place = ((coordinate + 1) * length - (alignsCorners ? 0 : 1)) / 2
    var slope = length / 2
    if interpolation == .nearest { place.round(.toNearestOrEven) }
    // A coordinate that is no number, or far away, lies beyond the map.
    guard abs(place) < 1e9 else {
      return body(AxisCell(position: nil, weight: 1, slope: 0))
    }
    let low: Float = alignsCorners ? 0 : -0.5
    let high = Float(extent - 1) - low
    if place < low || place > high {
      switch surroundings {
      case .zeros: break
      case .border:
        place = min(max(place, 0), Float(extent - 1))
        slope = 0
      case .reflection:
        let (mirrored, turns) = Self.mirror(place, low, high)
        place = mirrored
        if turns { slope = -slope }
      }
    }
    let first = place.rounded(.down)
    let share = place - first
    let weights = weights(share)
    for (offset, weight) in weights.enumerated() {
      body(
        AxisCell(
          position: position(Int(first) + offset - (weights.count - 1) / 2, extent),
          weight: weight.value, slope: weight.slope * slope))
    }
  }

  /// The shares of the cells around a place `t` behind a cell, and their slopes.
  private func weights(_ t: Float) -> [(value: Float, slope: Float)] {
    switch interpolation {
    case .nearest: return [(1, 0)]
    case .linear: return [(1 - t, -1), (t, 1)]
    case .cubic:
      return [(1 + t, Float(1)), (t, 1), (1 - t, -1), (2 - t, -1)].map { distance, sign in
        let weight = Self.cubic(distance)
        return (weight.value, weight.slope * sign)
      }
    }
  }

  /// Keys' cubic convolution kernel (https://doi.org/10.1109/TASSP.1981.1163711) at a distance of 0…2.
  private static func cubic(_ x: Float) -> (value: Float, slope: Float) {
    let a: Float = -0.75
    if x <= 1 {
      return (((a + 2) * x - (a + 3)) * x * x + 1, (3 * (a + 2) * x - 2 * (a + 3)) * x)
    }
    return (((a * x - 5 * a) * x + 8 * a) * x - 4 * a, (3 * a * x - 10 * a) * x + 8 * a)
  }

  /// The cell that a position of the axis stands for.
  private func position(_ position: Int, _ extent: Int) -> Int? {
    guard !(0..<extent).contains(position) else { return position }
    switch surroundings {
    case .zeros: return nil
    case .border: return min(max(position, 0), extent - 1)
    case .reflection:
      let period = max(alignsCorners ? 2 * extent - 2 : 2 * extent, 1)
      let rest = ((position % period) + period) % period
      return rest < extent ? rest : period - rest - (alignsCorners ? 0 : 1)
    }
  }

  /// A place mirrored at both ends until it lies between them, and whether it runs the other way there.
  private static func mirror(_ place: Float, _ low: Float, _ high: Float) -> (Float, turns: Bool) {
    let range = high - low
    guard range > 0 else { return (low, false) }
    let isBelow = place < low
    let distance = isBelow ? low - place : place - high
    let turns = Int(distance / range)
    let rest = distance - Float(turns) * range
    // Each end turns the way round, the first of them among them.
    let isEven = turns.isMultiple(of: 2)
    return (isBelow == isEven ? low + rest : high - rest, isEven)
  }
}
