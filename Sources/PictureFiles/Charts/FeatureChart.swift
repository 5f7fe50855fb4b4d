public import ConvolutionalNetworks

/// Numbers that have no order, such as the columns of a table, drawn as bars beside their names.
public struct FeatureChart: Chart {
  /// The numbers in the scale of `valueRange`.
  private let values: [Double]
  /// What they are called, in their order.
  public let features: [InputChannel]
  /// The numbers that 0 and 1 are written as.
  public let valueRange: ClosedRange<Float>
  /// The pixels from left to right.
  public let width: Int

  /// The most letters of a name that are shown.
  private static let longestName = 28
  /// The pixels of a bar with its gap.
  private static let pitch = 18

  /// A chart of a picture of one pixel.
  ///
  /// - Parameters:
  ///   - picture: F numbers, 0…1, `[1, 1, 1, F]` for example.
  ///   - features: their names and colours.
  ///   - valueRange: the numbers that 0 and 1 are written as; bars begin at 0 where it is in between, else at the lower.
  ///   - width: the pixels from left to right.
  /// - Precondition: there is a number, and a name for each.
  public init(
    _ picture: Tensor, features: [InputChannel], valueRange: ClosedRange<Float> = 0...1,
    width: Int = 640
  ) {
    precondition(
      picture.count == features.count && picture.count > 0,
      "\(picture.count) numbers of \(features.count) features")
    let (low, extent) = (valueRange.lowerBound, valueRange.upperBound - valueRange.lowerBound)
    values = picture.elements.map { Double(low + $0 * extent) }
    self.features = features
    self.valueRange = valueRange
    self.width = max(width, 240)
  }

  /// More numbers than bars with names are drawn of.
  private static let mostBars = 100

  /// The chart, `[1, H, W, 3]`; of more than 100 numbers lines side by side, without names.
  public var picture: Tensor {
    var canvas = ChartCanvas(height: height, width: width)
    draw(on: &canvas)
    return canvas.picture
  }

  public var svg: String {
    var canvas = SVGCanvas(height: height, width: width)
    draw(on: &canvas)
    return canvas.document
  }

  private var hasBars: Bool { features.count <= Self.mostBars }
  private var height: Int {
    hasBars ? features.count * Self.pitch + Caption.height + 10 : 240
  }

  private func draw(on canvas: inout some ChartSurface) {
    if hasBars { drawBars(on: &canvas) } else { drawLines(on: &canvas) }
  }

  private func drawLines(on canvas: inout some ChartSurface) {
    let range = Double(valueRange.lowerBound)...Double(valueRange.upperBound)
    let vertical = AxisTicks(range, count: 4)
    let margin = ChartPanel.margin(vertical)
    let panel = ChartPanel(
      left: Double(margin), width: Double(width - margin - 12), top: 10, height: 206,
      vertical: vertical, length: values.count)
    panel.drawGrid(on: &canvas, labelsPlaces: true)
    let base = panel.y(min(max(0, range.lowerBound), range.upperBound))
    let half = min(max(panel.width / Double(values.count) * 0.35, 0.3), 2)
    for (place, value) in values.enumerated() {
      let (x, y) = (panel.x(Double(place)), panel.y(value))
      canvas.fill(
        x: (x - half)...(x + half), y: min(y, base)...max(y, base),
        .chartInk(of: features[place]))
    }
    canvas.fill(x: panel.left...panel.right, y: (base - 0.5)...(base + 0.5), .chartText)
  }

  private func drawBars(on canvas: inout some ChartSurface) {
    let range = Double(valueRange.lowerBound)...Double(valueRange.upperBound)
    let ticks = AxisTicks(range, count: 5)
    let longest = features.map { Caption.width(of: $0.name) }.max() ?? 0
    let left = Double(min(longest, Caption.width(of: Self.longestName)) + 16)
    // Beside each bar there is room for its number.
    let columns = (width - Int(left) - 60)
    let (low, high) = (ticks.range.lowerBound, ticks.range.upperBound)
    func x(_ value: Double) -> Double {
      left + Double(columns) * min(max((value - low) / (high - low), 0), 1)
    }
    let height = features.count * Self.pitch
    for tick in ticks.values {
      canvas.fill(x: (x(tick) - 0.5)...(x(tick) + 0.5), y: 4...Double(height + 4), .chartGrid)
      canvas.write(ticks.label(tick), x: Int(x(tick)), y: height + 14, .middle)
    }
    let base = x(min(max(0, range.lowerBound), range.upperBound))
    let numbers = AxisTicks(0...((high - low) / 100), count: 1)
    for (index, value) in values.enumerated() {
      let middle = index * Self.pitch + Self.pitch / 2 + 4
      canvas.write(
        ChartLegend.shortened(
          features[index].name, letters: (Int(left) - 12) / Caption.width(of: 1)), x: Int(left) - 8,
        y: middle,
        .right)
      canvas.fill(
        x: min(base, x(value))...max(base, x(value)),
        y: (Double(middle) - 6)...(Double(middle) + 6), .chartInk(of: features[index]))
      canvas.write(numbers.label(value), x: width - 4, y: middle, .right)
    }
    canvas.fill(x: (base - 0.5)...(base + 0.5), y: 4...Double(height + 4), .chartText)
  }
}
