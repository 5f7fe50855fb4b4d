internal import ConvolutionalNetworks

/// What charts are drawn on, in pixels from the top left corner.
protocol ChartSurface {
  /// Draws a line through points, of a width in pixels; one point is a dot.
  mutating func stroke(
    _ points: [(x: Double, y: Double)], _ color: InputChannel.Color, width stroke: Double)

  /// Fills a rectangle, whose edges may lie between pixels.
  mutating func fill(
    x: ClosedRange<Double>, y: ClosedRange<Double>, _ color: InputChannel.Color)

  /// Writes a line of text whose middle is at the height `y`.
  mutating func write(
    _ text: String, x: Int, y: Int, _ alignment: ChartAlignment, _ color: InputChannel.Color)
}

/// Where a text lies of the point that it is written at.
enum ChartAlignment {
  case left, middle, right
}

extension ChartSurface {
  mutating func stroke(_ points: [(x: Double, y: Double)], _ color: InputChannel.Color) {
    stroke(points, color, width: 1.6)
  }

  mutating func write(_ text: String, x: Int, y: Int, _ alignment: ChartAlignment) {
    write(text, x: x, y: y, alignment, .chartText)
  }
}
