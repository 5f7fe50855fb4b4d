public import ConvolutionalNetworks

/// A signal drawn as curves: a panel for each channel, all in one scale.
///
///     let chart = SignalChart(visualization.picture(0), channels: visualization.channels)
///     try PictureFile(URL(filePath: "beat.png")).write(chart.picture)
public struct SignalChart: Chart {
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

  /// More channels than anybody tells curves apart of.
  private static let mostCurves = 256

  /// The chart, `[1, H, W, 3]`; of more than 256 channels a row of pixels for each, from white for the lowest number to black.
  public var picture: Tensor {
    guard channels.count <= Self.mostCurves else { return rowsOfPixels }
    var canvas = ChartCanvas(height: height, width: width)
    draw(on: &canvas)
    return canvas.picture
  }

  /// The chart as curves that stay sharp; of more than 256 channels the same pixels as `picture`.
  public var svg: String {
    guard channels.count <= Self.mostCurves else {
      let pixels = rowsOfPixels
      var canvas = SVGCanvas(height: pixels.shape[1], width: pixels.shape[2])
      canvas.show(pixels)
      return canvas.document
    }
    var canvas = SVGCanvas(height: height, width: width)
    draw(on: &canvas)
    return canvas.document
  }

  private var columns: Int { channels.count <= 12 ? 1 : channels.count <= 32 ? 2 : 4 }
  private var rows: Int { (channels.count + columns - 1) / columns }
  private var caption: Int { channels.count > 1 ? Caption.height : 10 }
  private var pitch: Int { caption + panelHeight + 6 }
  private var height: Int { rows * pitch + Caption.height + 2 }

  private func draw(on canvas: inout some ChartSurface) {
    let vertical = AxisTicks(range, count: panelHeight >= 100 ? 4 : 2)
    let margin = ChartPanel.margin(vertical)
    let panelWidth = width / columns
    for index in channels.indices {
      let (row, column) = (index / columns, index % columns)
      let panel = ChartPanel(
        left: Double(column * panelWidth + margin), width: Double(panelWidth - margin - 12),
        top: Double(row * pitch + caption), height: Double(panelHeight), vertical: vertical,
        length: values.shape[0])
      panel.drawGrid(on: &canvas, labelsPlaces: index + columns >= channels.count)
      draw(index, in: panel, on: &canvas)
    }
  }

  private var panelHeight: Int {
    switch channels.count {
    case 1: 200
    case 2...4: 110
    case 5...12: 64
    default: 44
    }
  }

  /// The smallest and the largest number.
  private var range: ClosedRange<Double> {
    let finite = values.elements.lazy.filter(\.isFinite).map(Double.init)
    let low = finite.min() ?? 0
    return low...max(low, finite.max() ?? 1)
  }

  private func draw(_ channel: Int, in panel: ChartPanel, on canvas: inout some ChartSurface) {
    if channels.count > 1 {
      canvas.write(
        ChartLegend.shortened(
          channels[channel].name, letters: Int(panel.width) / Caption.width(of: 1)),
        x: Int(panel.left),
        y: Int(panel.top) - 8, .left)
    }
    let points = values.withUnsafeBufferPointer { elements in
      (0..<panel.length).map { place in
        (
          x: panel.x(Double(place)),
          y: panel.y(Double(elements[place * channels.count + channel]))
        )
      }
    }
    let ink = InputChannel.Color.chartInk(of: channels[channel])
    canvas.stroke(points, ink)
    // So few numbers are told apart.
    if Double(points.count) * 8 <= panel.width {
      for point in points { canvas.stroke([point], ink, width: 4.5) }
    }
  }

  private var rowsOfPixels: Tensor {
    let (length, count) = (values.shape[0], channels.count)
    let (range, elements) = (range, values.elements)
    let extent = max(range.upperBound - range.lowerBound, 1e-9)
    return Tensor(
      shape: [1, count, length, 3],
      elements: (0..<count * length * 3).map { index in
        let (channel, place) = (index / 3 / length, index / 3 % length)
        let value = Double(elements[place * count + channel])
        return Float(value.isFinite ? 1 - (value - range.lowerBound) / extent : 1)
      })
  }
}
