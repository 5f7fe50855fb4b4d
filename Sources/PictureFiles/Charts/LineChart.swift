public import ConvolutionalNetworks

/// Curves over a common axis, in panels one below the other, each with a scale of its own.
///
///     let curve = LineChart.Curve("flamingo", visualization.history.map { Double($0.objectives[0]) })
///     let chart = LineChart([LineChart.Panel("objective", [curve])], horizontal: "step")
///     try ChartFile(URL(filePath: "curve.svg")).write(chart)
///
/// Curves of one name have one colour in all panels, which a legend tells where there are several names; of more than ten,
/// colours repeat.
public struct LineChart: Chart {
  /// A name and its numbers.
  public struct Curve: Sendable {
    /// What the legend calls it.
    public let name: String
    /// The numbers at 0, 1, 2 and so on; the curve has a gap where one is not finite.
    public let values: [Double]

    /// A curve through numbers at 0, 1, 2 and so on.
    public init(_ name: String, _ values: [Double]) { (self.name, self.values) = (name, values) }
  }

  /// Curves in one scale.
  public struct Panel: Sendable {
    /// What stands above it.
    public let title: String
    /// The curves; those that come first lie below.
    public let curves: [Curve]

    /// A panel of curves under a title.
    public init(_ title: String, _ curves: [Curve]) { (self.title, self.curves) = (title, curves) }
  }

  /// The panels from top to bottom.
  public let panels: [Panel]
  /// What the common axis counts.
  public let horizontal: String
  /// The pixels from left to right.
  public let width: Int

  /// A chart of panels.
  ///
  /// - Parameters:
  ///   - panels: at least one.
  ///   - horizontal: what the common axis counts: "step".
  ///   - width: the pixels from left to right, 240 at least.
  /// - Precondition: there is a panel.
  public init(_ panels: [Panel], horizontal: String = "", width: Int = 720) {
    precondition(!panels.isEmpty, "a chart has a panel")
    (self.panels, self.horizontal, self.width) = (panels, horizontal, max(width, 240))
  }

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

  private var panelHeight: Int { panels.count == 1 ? 260 : panels.count <= 4 ? 150 : 100 }
  /// From the top of a panel's title to that of the next.
  private var pitch: Int { panelHeight + Caption.height + 14 }
  private var legend: ChartLegend {
    ChartLegend(panels.flatMap { $0.curves.map(\.name) }, width: width)
  }
  private var height: Int {
    legend.height + panels.count * pitch + Caption.height
      + (horizontal.isEmpty ? 4 : Caption.height)
  }

  private func draw(on canvas: inout some ChartSurface) {
    let legend = legend
    legend.draw(on: &canvas)
    let scales = panels.map { AxisTicks(Self.range(of: $0), count: panelHeight >= 150 ? 5 : 3) }
    let margin = scales.map(ChartPanel.margin).max() ?? 0
    let length = panels.flatMap { $0.curves.map(\.values.count) }.max() ?? 0
    for (number, (panel, scale)) in zip(panels, scales).enumerated() {
      let top = legend.height + number * pitch
      let frame = ChartPanel(
        left: Double(margin), width: Double(width - margin - 14),
        top: Double(top + Caption.height), height: Double(panelHeight), vertical: scale,
        length: max(length, 1))
      canvas.write(
        Self.shortened(panel.title, width: width - margin - 14), x: margin,
        y: top + Caption.height / 2 - 1, .left)
      frame.drawGrid(on: &canvas, labelsPlaces: number == panels.count - 1)
      for curve in panel.curves {
        draw(curve, legend.color(of: curve.name), in: frame, on: &canvas)
      }
    }
    canvas.write(
      horizontal, x: margin + (width - margin - 14) / 2, y: height - Caption.height / 2, .middle)
  }

  private func draw(
    _ curve: Curve, _ color: InputChannel.Color, in frame: ChartPanel,
    on canvas: inout some ChartSurface
  ) {
    for run in Self.thinned(curve.values, to: 2 * Int(frame.width)) {
      canvas.stroke(run.map { (frame.x(Double($0.place)), frame.y($0.value)) }, color)
    }
  }

  /// The numbers between gaps; of more than there is room for, the lowest and the highest of each stretch.
  static func thinned(
    _ values: [Double], to room: Int
  ) -> [[(place: Int, value: Double)]] {
    let stretch = max(1, 2 * values.count / max(room, 1))
    var runs: [[(place: Int, value: Double)]] = []
    for run in values.enumerated().split(whereSeparator: { !isDrawn($0.element) }) {
      guard stretch > 2 else {
        runs.append(run.map { ($0.offset, $0.element) })
        continue
      }
      let points = Array(run)
      var kept: [(place: Int, value: Double)] = []
      for start in stride(from: 0, to: points.count, by: stretch) {
        let part = points[start..<min(start + stretch, points.count)]
        let extremes = [
          part.min { $0.element < $1.element }, part.max { $0.element < $1.element },
        ].compactMap { $0 }.sorted { $0.offset < $1.offset }
        kept += extremes.map { ($0.offset, $0.element) }
      }
      runs.append(kept)
    }
    return runs
  }

  /// Whether a number is one whose distance to any other is one, too.
  private static func isDrawn(_ value: Double) -> Bool { abs(value) < 1e300 }

  /// The least and the largest number that is drawn.
  private static func range(of panel: Panel) -> ClosedRange<Double> {
    let finite = panel.curves.lazy.flatMap(\.values).filter(isDrawn)
    let low = finite.min() ?? 0
    return low...max(low, finite.max() ?? 1)
  }

  private static func shortened(_ text: String, width: Int) -> String {
    ChartLegend.shortened(text, letters: width / Caption.width(of: 1))
  }
}
