/// A rectangle of a chart with its scales: numbers upwards, places from left to right.
struct ChartPanel {
  let left, width, top, height: Double
  /// The numbers at its left.
  let vertical: AxisTicks
  /// The number of places.
  let length: Int

  var right: Double { left + width }
  var bottom: Double { top + height }

  /// The column of a place.
  func x(_ place: Double) -> Double {
    length > 1 ? left + width * place / Double(length - 1) : left + width / 2
  }

  /// The row of a number, held within the panel; that of the lowest where it is none.
  func y(_ value: Double) -> Double {
    let range = vertical.range
    let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    return top + height * (1 - min(max(share.isFinite ? share : 0, 0), 1))
  }

  /// The room that the numbers at its left take.
  static func margin(_ vertical: AxisTicks) -> Int {
    10 + (vertical.values.map { Caption.width(of: vertical.label($0)) }.max() ?? 0)
  }

  /// Draws lines at the ticks, and their numbers: those of places only if asked.
  func drawGrid(on canvas: inout some ChartSurface, labelsPlaces: Bool) {
    for value in vertical.values {
      let y = y(value)
      canvas.fill(x: left...right, y: (y - 0.5)...(y + 0.5), .chartGrid)
      canvas.write(vertical.label(value), x: Int(left) - 6, y: Int(y), .right)
    }
    let last = Double(length - 1)
    let horizontal = AxisTicks(0...max(last, 1), count: width > 300 ? 8 : 4, within: true)
    for value in horizontal.values where value <= last && value == value.rounded() {
      let x = x(value)
      canvas.fill(x: (x - 0.5)...(x + 0.5), y: top...bottom, .chartGrid)
      if labelsPlaces {
        canvas.write(horizontal.label(value), x: Int(x), y: Int(bottom) + 11, .middle)
      }
    }
  }
}
