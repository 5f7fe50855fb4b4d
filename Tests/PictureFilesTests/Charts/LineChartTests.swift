import ConvolutionalNetworks
import Foundation
import Testing

@testable import PictureFiles

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What an SVG holds, read by a parser of XML.
final class SVGReader: NSObject, XMLParserDelegate {
  private(set) var texts: [String] = []
  private(set) var elements: [(name: String, attributes: [String: String])] = []

  init(_ document: String) throws {
    super.init()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = self
    try #require(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String] = [:]
  ) {
    elements.append((name, attributes))
    if name == "text" { texts.append("") }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    guard elements.last?.name == "text" else { return }
    texts[texts.count - 1] += string.trimmingCharacters(in: .newlines)
  }

  func all(_ name: String) -> [[String: String]] {
    elements.filter { $0.name == name }.map(\.attributes)
  }
}

@Suite("Charts of curves") struct LineChartTests {
  private func chart(_ values: [Double]...) -> LineChart {
    LineChart(
      [LineChart.Panel("objective", values.enumerated().map { .init("curve \($0)", $1) })],
      horizontal: "step")
  }

  /// Protects the curves: numbers stand at their places of the axis, the same in pixels and in lines.
  @Test func ramp() throws {
    let chart = chart((0...10).map { Double($0 * 10) })
    let svg = try SVGReader(chart.svg)
    let points = try #require(svg.all("polyline").first?["points"]).split(separator: " ").map {
      $0.split(separator: ",").compactMap { Double($0) }
    }
    #expect(points.count == 11)
    let steps = zip(points, points.dropFirst()).map { ($1[0] - $0[0], $0[1] - $1[1]) }
    #expect(steps.allSatisfy { abs($0.0 - steps[0].0) < 0.02 && abs($0.1 - steps[0].1) < 0.02 })
    #expect(steps[0].0 > 50 && steps[0].1 > 20)
    let labels = ["0", "20", "100", "step", "objective"]
    #expect(labels.allSatisfy(svg.texts.contains), "\(svg.texts)")
    let picture = chart.picture
    #expect(svg.all("svg")[0]["width"] == "\(picture.shape[2])")
    #expect(svg.all("svg")[0]["height"] == "\(picture.shape[1])")
    for point in points {
      #expect(picture[0, Int(point[1]), min(Int(point[0]), picture.shape[2] - 1), 0] < 0.6)
    }
  }

  /// Protects documents from names: letters that XML takes for its own, controls and other scripts.
  @Test func names() throws {
    let name = "<b>&\"'\u{1B}\u{202E} 蝶 é"
    let panel = LineChart.Panel(name, [.init("a", [1, 2]), .init(name, [2, 1])])
    let svg = try SVGReader(LineChart([panel]).svg)
    #expect(svg.texts.count { $0 == "<b>&\"'?? 蝶 é" } == 2, "\(svg.texts)")
    let signal = SignalChart(
      Tensor(shape: [4, 2], elements: [0, 1, 0.5, 0, 1, 1, 0, 0.2]), channels: ["<x>", "y & z"])
    #expect(try SVGReader(signal.svg).texts.filter { $0.contains { "<&".contains($0) } }.count == 2)
  }

  /// Protects the legend: each name once, in the colour of its curves in all panels; one name needs none.
  @Test func legend() throws {
    let curves = [LineChart.Curve("ant", [1, 2, 3]), .init("bee", [3, 2, 1])]
    let svg = try SVGReader(LineChart([.init("a", curves), .init("b", curves.reversed())]).svg)
    let colors = svg.all("polyline").compactMap { $0["stroke"] }
    #expect(colors.count == 4 && colors[0] == colors[3] && colors[1] == colors[2])
    #expect(colors[0] != colors[1])
    #expect(svg.texts.count { $0 == "ant" } == 1 && svg.texts.count { $0 == "bee" } == 1)
    #expect(svg.all("rect").contains { $0["fill"] == colors[0] && $0["height"] == "3" })
    #expect(try !SVGReader(LineChart([.init("a", [curves[0]])]).svg).texts.contains("ant"))
    let many = (0..<60).map { LineChart.Curve("name \($0)", [0, Double($0)]) }
    #expect(try SVGReader(LineChart([.init("a", many)]).svg).texts.contains("and 36 more"))
  }

  /// Protects gaps: what is not finite is left out, and what is beside it drawn.
  @Test func gaps() throws {
    let svg = try SVGReader(chart([0, 1, .nan, 3, 4, .infinity, 2]).svg)
    #expect(svg.all("polyline").count == 2 && svg.all("circle").count == 1)
  }

  /// Protects long runs: few points, among them the one that sticks out.
  @Test func longRuns() throws {
    var values = [Double](repeating: 1, count: 100_000)
    values[54_321] = 9
    let runs = LineChart.thinned(values, to: 1000)
    #expect(runs.count == 1 && runs[0].count <= 2000)
    #expect(runs[0].contains { $0.place == 54_321 && $0.value == 9 })
    #expect(zip(runs[0], runs[0].dropFirst()).allSatisfy { $0.place <= $1.place })
    #expect(chart(values).svg.utf8.count < 60_000)
  }

  /// Protects against traps and endless documents on whatever losses may be.
  @Test(
    arguments: [
      [], [0], [0, 0, 0], [1e308, -1e308], [.nan, .nan], [1e30, 1e30], [3.4e38, -3.4e38],
      [1e-40, 2e-40], [-1e-12, 1e-12], [-.infinity, 1], [1e17, 1e17 + 16],
    ] as [[Double]]) func extremes(values: [Double]) throws
  {
    let chart = chart(values)
    #expect(chart.picture.elements.allSatisfy { (0...1).contains($0) })
    let svg = try SVGReader(chart.svg)
    #expect(svg.texts.allSatisfy { $0.count <= 14 } && svg.elements.count < 80)
  }

  @Test(arguments: [(2.5e12, "2.5e12"), (0, "0"), (-4e7, "-4e7"), (1.2346e9, "1.235e9")])
  func largeNumbers(value: Double, label: String) {
    #expect(AxisTicks(-1e12...3e12, count: 4).label(value) == label)
  }

  /// Protects small numbers from labels that are all 0.
  @Test func smallNumbers() {
    let ticks = AxisTicks(0...4e-7, count: 2)
    #expect(Set(ticks.values.map(ticks.label)).count == ticks.values.count)
  }

  @Test func files() throws {
    let folder = try TemporaryFolder()
    let chart = chart([1, 3, 2])
    try ChartFile(folder.file("c.svg")).write(chart)
    #expect(try String(contentsOf: folder.file("c.svg"), encoding: .utf8) == chart.svg)
    try ChartFile(folder.file("c.png")).write(chart)
    #expect(try PictureFile(folder.file("c.png")).read().shape == chart.picture.shape)
    let other = folder.file("c.gif")
    #expect(throws: PictureFileError.unsupportedChartExtension(file: other.relativePath)) {
      try ChartFile(other).write(chart)
    }
    #expect(throws: PictureFileError.self) { try ChartFile(folder.file("no/c.svg")).write(chart) }
    #expect(try folder.contents == ["c.png", "c.svg"])
  }

  /// Protects signals and features as lines: a curve for each channel, a bar for each feature, pixels where they are too many.
  @Test func signals() throws {
    let channels = (0..<3).map { InputChannel("\($0)") }
    let signal = Tensor(shape: [100, 3], elements: (0..<300).map { Float($0 % 7) / 7 })
    let lines = try SVGReader(SignalChart(signal, channels: channels).svg)
    #expect(lines.all("polyline").count == 3)
    let bars = FeatureChart(
      Tensor(shape: [1, 1, 1, 3], elements: [0.1, 0.5, 1]), features: channels)
    let ink = try SVGReader(bars.svg).all("rect").filter { $0["height"] == "12" }
    #expect(ink.count == 3)
    let many = (0..<300).map { InputChannel("\($0)") }
    let rows = SignalChart(Tensor(shape: [5, 300], repeating: 0.5), channels: many)
    #expect(try SVGReader(rows.svg).all("image").count == 1)
  }
}
