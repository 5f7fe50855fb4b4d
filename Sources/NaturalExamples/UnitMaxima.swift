/// The maximum of each unit of one picture's output, `[positions, units]`.
struct UnitMaxima {
  /// The largest activation of each unit; NaN where one is not finite.
  let values: [Float]

  init(_ map: UnsafeBufferPointer<Float>, units: Int) {
    var largest = [Float](repeating: -.infinity, count: units)
    // x · 0 is 0 for every finite x and NaN for the others.
    var faults = [Float](repeating: 0, count: units)
    largest.withUnsafeMutableBufferPointer { largest in
      faults.withUnsafeMutableBufferPointer { faults in
        for start in stride(from: 0, to: map.count, by: units) {
          for unit in 0..<units {
            let value = map[start + unit]
            largest[unit] = value > largest[unit] ? value : largest[unit]
            faults[unit] += value * 0
          }
        }
      }
    }
    values = zip(largest, faults).map { $0 + $1 }
  }

  /// The first position in reading order at which a unit has its maximum.
  func position(of unit: Int, in map: UnsafeBufferPointer<Float>) -> Int {
    let wanted = values[unit]
    let places = stride(from: unit, to: map.count, by: values.count)
    return ((places.first { map[$0] == wanted } ?? unit) - unit) / values.count
  }
}
