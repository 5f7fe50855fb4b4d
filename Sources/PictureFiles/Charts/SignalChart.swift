public import ConvolutionalNetworks

/// A signal drawn as curves: a panel for each channel, all in one scale.
///
///     let chart = SignalChart(visualization.picture(0), channels: visualization.channels)
///     try PictureFile(URL(filePath: "beat.png")).write(chart.picture)
public struct SignalChart: Sendable {
  /// The numbers, `[L, C]`, in the scale of `valueRange`.
  private let values: Tensor
  /// The channels, in their order.
  public let channels: [InputChannel]
  /// The pixels of a row of panels.
  public let width: Int

  /// A chart of a picture of one row.
  ///
  /// - Parameters:
  ///   - signal: `[1, 1, L, C]`, `[1, L, C]` or `[L, C]`, 0…1.
  ///   - channels: the names and colours of the channels; one channel alone is not named.
  ///   - valueRange: the numbers that 0 and 1 are written as.
  ///   - width: the pixels from left to right.
  /// - Precondition: the signal has such a shape, as many channels as there are names, and a number.
  public init(
    _ signal: Tensor, channels: [InputChannel], valueRange: ClosedRange<Float> = 0...1,
    width: Int = 640
  ) {
    let shape = Array(signal.shape.suffix(2))
    precondition(
      shape.count == 2 && signal.shape.dropLast(2).allSatisfy { $0 == 1 } && signal.count > 0
        && shape[1] == channels.count, "a signal is [1, 1, L, C], not \(signal.shape)")
    let extent = valueRange.upperBound - valueRange.lowerBound
    values = Tensor(
      shape: shape, elements: signal.elements.map { valueRange.lowerBound + $0 * extent })
    self.channels = channels
    self.width = max(width, 160)
  }

  /// The chart, `[1, H, W, 3]`.
  public var picture: Tensor {
    let vertical = AxisTicks(range, count: panelHeight >= 100 ? 4 : 2)
    let labels = vertical.values.map(vertical.label)
    let margin = 10 + (labels.map(Caption.width).max() ?? 0)
    let columns = Self.columns(for: channels.count)
    let rows = (channels.count + columns - 1) / columns
    let caption = channels.count > 1 ? Caption.height : 10
    let pitch = caption + panelHeight + 6
    let foot = Caption.height + 2
    var canvas = ChartCanvas(height: rows * pitch + foot, width: width)
    let panelWidth = width / columns
    for index in channels.indices {
      let (row, column) = (index / columns, index % columns)
      let panel = Panel(
        left: Double(column * panelWidth + margin), width: Double(panelWidth - margin - 12),
        top: Double(row * pitch + caption), height: Double(panelHeight), range: vertical.range,
        length: values.shape[0])
      draw(index, in: panel, vertical, labels, isLast: index + columns >= channels.count, on: &canvas)
    }
    return canvas.picture
  }

  private var panelHeight: Int {
    switch channels.count {
    case 1: 200
    case 2...4: 110
    case 5...12: 64
    default: 44
    }
  }

  private static func columns(for count: Int) -> Int { count <= 12 ? 1 : count <= 32 ? 2 : 4 }

  /// The smallest and the largest number.
  private var range: ClosedRange<Double> {
    let finite = values.elements.lazy.filter(\.isFinite).map(Double.init)
    let low = finite.min() ?? 0
    return low...max(low, finite.max() ?? 1)
  }

  private func draw(
    _ channel: Int, in panel: Panel, _ vertical: AxisTicks, _ labels: [String], isLast: Bool,
    on canvas: inout ChartCanvas
  ) {
    let right = panel.left + panel.width
    for (value, label) in zip(vertical.values, labels) {
      let y = panel.y(value)
      canvas.fill(x: panel.left...right, y: (y - 0.5)...(y + 0.5), .chartGrid)
      canvas.write(label, x: Int(panel.left) - 6, y: Int(y), .right)
    }
    let horizontal = AxisTicks(
      0...Double(max(panel.length - 1, 1)), count: panel.width > 300 ? 8 : 4, within: true)
    for value in horizontal.values where value <= Double(panel.length - 1) && value == value.rounded() {
      let x = panel.x(value)
      canvas.fill(
        x: (x - 0.5)...(x + 0.5), y: panel.top...(panel.top + panel.height), .chartGrid)
      if isLast {
        canvas.write(
          horizontal.label(value), x: Int(x), y: Int(panel.top + panel.height) + 11, .middle)
      }
    }
    if channels.count > 1 {
      canvas.write(
        Caption.shortened(channels[channel].name, width: Int(panel.width)), x: Int(panel.left),
        y: Int(panel.top) - 8, .left)
    }
    let elements = values.elements
    let points = (0..<panel.length).map { place in
      (
        x: panel.x(Double(place)),
        y: panel.y(Double(elements[place * channels.count + channel]))
      )
    }
    let ink = InputChannel.Color.chartInk(of: channels[channel])
    canvas.stroke(points, ink)
    // So few numbers are told apart.
    if Double(points.count) * 8 <= panel.width {
      for point in points { canvas.stroke([point], ink, width: 4.5) }
    }
  }

  /// A rectangle of the chart with its scales.
  private struct Panel {
    let left, width, top, height: Double
    let range: ClosedRange<Double>
    let length: Int

    func x(_ place: Double) -> Double {
      length > 1 ? left + width * place / Double(length - 1) : left + width / 2
    }

    func y(_ value: Double) -> Double {
      let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
      return top + height * (1 - min(max(share.isFinite ? share : 0, 0), 1))
    }
  }
}
