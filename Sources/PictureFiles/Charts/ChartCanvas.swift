internal import ConvolutionalNetworks

/// White paper that charts are drawn on, in pixels from the top left corner; lines are anti-aliased.
struct ChartCanvas: ChartSurface {
  let height: Int
  let width: Int
  private var pixels: [Float]

  init(height: Int, width: Int) {
    (self.height, self.width) = (height, width)
    pixels = Array(repeating: 1, count: height * width * 3)
  }

  /// `[1, H, W, 3]`.
  var picture: Tensor { Tensor(shape: [1, height, width, 3], elements: pixels) }

  /// Draws a line through points, of a width in pixels; one point is a dot.
  mutating func stroke(
    _ points: [(x: Double, y: Double)], _ color: InputChannel.Color, width stroke: Double
  ) {
    guard let first = points.first else { return }
    // Pixels that several segments touch are inked once: as far as the nearest covers them.
    var ink = InkedArea(points, margin: stroke / 2 + 1, height: height, width: width)
    if points.count == 1 { ink.cover(from: first, to: first, radius: stroke / 2) }
    for (from, to) in zip(points, points.dropFirst()) {
      ink.cover(from: from, to: to, radius: stroke / 2)
    }
    ink.forEachPixel { y, x, share in blend(y, x, color, share) }
  }

  /// Fills a rectangle, whose edges may lie between pixels.
  mutating func fill(
    x: ClosedRange<Double>, y: ClosedRange<Double>, _ color: InputChannel.Color
  ) {
    func share(_ cell: Int, _ range: ClosedRange<Double>) -> Float {
      Float(max(0, min(range.upperBound, Double(cell + 1)) - max(range.lowerBound, Double(cell))))
    }
    let rows = max(0, Int(y.lowerBound))..<max(0, min(height, Int(y.upperBound.rounded(.up))))
    let columns = max(0, Int(x.lowerBound))..<max(0, min(width, Int(x.upperBound.rounded(.up))))
    for row in rows where !columns.isEmpty {
      for column in columns { blend(row, column, color, share(row, y) * share(column, x)) }
    }
  }

  /// Writes a line of text whose middle is at the height `y`.
  mutating func write(
    _ text: String, x: Int, y: Int, _ alignment: ChartAlignment, _ color: InputChannel.Color
  ) {
    let extent = Caption.width(of: text)
    guard extent > 0 else { return }
    let left =
      switch alignment {
      case .left: x
      case .middle: x - extent / 2
      case .right: x - extent
      }
    let ink = Caption(text).ink(width: extent)
    let top = y - Caption.height / 2
    ink.withUnsafeBufferPointer { ink in
      for row in 0..<Caption.height {
        for column in 0..<extent {
          blend(top + row, left + column, color, ink[row * extent + column])
        }
      }
    }
  }

  private mutating func blend(_ y: Int, _ x: Int, _ color: InputChannel.Color, _ share: Float) {
    guard share > 0, (0..<height).contains(y), (0..<width).contains(x) else { return }
    let first = (y * width + x) * 3
    for (channel, value) in [color.red, color.green, color.blue].enumerated() {
      pixels[first + channel] += min(share, 1) * (value - pixels[first + channel])
    }
  }
}

/// How much ink lies on the pixels round a line.
private struct InkedArea {
  private let rows: Range<Int>
  private let columns: Range<Int>
  private var shares: [Float]

  init(_ points: [(x: Double, y: Double)], margin: Double, height: Int, width: Int) {
    func range(_ values: [Double], _ limit: Int) -> Range<Int> {
      let low = max(0, Int((values.min() ?? 0) - margin))
      return low..<max(low, min(limit, Int((values.max() ?? 0) + margin) + 1))
    }
    rows = range(points.map(\.y), height)
    columns = range(points.map(\.x), width)
    shares = Array(repeating: 0, count: rows.count * columns.count)
  }

  /// Covers the pixels that are nearer to a stretch of line than a radius.
  mutating func cover(
    from: (x: Double, y: Double), to: (x: Double, y: Double), radius: Double
  ) {
    let (dx, dy) = (to.x - from.x, to.y - from.y)
    let square = dx * dx + dy * dy
    func cells(_ a: Double, _ b: Double, _ range: Range<Int>) -> Range<Int> {
      let low = max(range.lowerBound, Int(min(a, b) - radius - 1))
      return low..<max(low, min(range.upperBound, Int(max(a, b) + radius + 2)))
    }
    for row in cells(from.y, to.y, rows) {
      for column in cells(from.x, to.x, columns) {
        let (x, y) = (Double(column) + 0.5 - from.x, Double(row) + 0.5 - from.y)
        let along = square > 0 ? min(max((x * dx + y * dy) / square, 0), 1) : 0
        let (offX, offY) = (x - along * dx, y - along * dy)
        let distance = (offX * offX + offY * offY).squareRoot()
        let index = (row - rows.lowerBound) * columns.count + column - columns.lowerBound
        shares[index] = max(shares[index], Float(min(max(radius + 0.5 - distance, 0), 1)))
      }
    }
  }

  func forEachPixel(_ body: (_ y: Int, _ x: Int, _ share: Float) -> Void) {
    for (index, share) in shares.enumerated() where share > 0 {
      body(
        rows.lowerBound + index / columns.count, columns.lowerBound + index % columns.count, share)
    }
  }
}

extension InputChannel.Color {
  /// Letters and numbers of charts.
  static let chartText = Self(red: 0.25, green: 0.25, blue: 0.25)
  /// Lines at the ticks of charts.
  static let chartGrid = Self(red: 0.88, green: 0.88, blue: 0.88)
  /// What has no colour of its own.
  static let chartInk = Self(red: 0.12, green: 0.36, blue: 0.62)

  /// The colour in which a channel is drawn on white: its own, unless that could not be seen.
  static func chartInk(of channel: InputChannel?) -> Self {
    guard let color = channel?.color,
      0.299 * color.red + 0.587 * color.green + 0.114 * color.blue < 0.75
    else { return chartInk }
    return color
  }
}
