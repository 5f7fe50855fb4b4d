import ConvolutionalNetworks
import Testing

@testable import PictureFiles

/// Protects charts: what is drawn stands where the numbers are, and any shape that there is can be drawn.
@Suite("Charts of signals and features") struct ChartTests {
  /// How dark each column is of the darkest row in it, and which row that is.
  private func darkest(_ picture: Tensor, column: Int) -> (row: Int, darkness: Float) {
    (0..<picture.shape[1]).map { ($0, 1 - picture[0, $0, column, 0]) }.max { $0.1 < $1.1 } ?? (0, 0)
  }

  /// Protects the curve: a ramp rises from the lower left to the upper right, in ink, on white.
  @Test func ramp() {
    let signal = Tensor(shape: [1, 1, 100, 1], elements: (0..<100).map { Float($0) / 99 })
    let picture = SignalChart(signal, channels: ["level"], width: 400).picture
    #expect(picture.shape[2...] == [400, 3] && picture.shape[0] == 1)
    #expect(picture.elements.allSatisfy { (0...1).contains($0) })
    let columns = [60, 200, 380].map { darkest(picture, column: $0) }
    #expect(columns.allSatisfy { $0.darkness > 0.6 })
    #expect(columns[0].row > columns[1].row + 40 && columns[1].row > columns[2].row + 40)
    // Anti-aliased: there is something between ink and paper.
    let between = picture.elements.count { (0.3...0.7).contains($0) }
    #expect(between > 50)
  }

  /// Protects channels: each has a panel, in its own colour where that can be seen on white.
  @Test(arguments: [1, 2, 5, 13, 40]) func panels(count: Int) {
    let channels = (0..<count).map {
      InputChannel("channel \($0)", color: $0 == 0 ? .red : .init(red: 1, green: 1, blue: 1))
    }
    let signal = Tensor(shape: [50, count], repeating: 0.5)
    let picture = SignalChart(signal, channels: channels).picture
    let elements = picture.elements
    let red = stride(from: 0, to: elements.count, by: 3).count {
      elements[$0] > 0.9 && elements[$0 + 1] < 0.2
    }
    #expect(red > 100)
    #expect(picture.shape[1] < 100 + 60 * count + 140)
  }

  @Test(arguments: [[1, 1], [1, 2], [2, 1], [20_000, 1]]) func extremes(shape: [Int]) {
    let channels = (0..<shape[1]).map { InputChannel("\($0)") }
    for value in [Float(0), 1, .nan, 0.37] {
      let picture = SignalChart(Tensor(shape: shape, repeating: value), channels: channels).picture
      #expect(picture.elements.allSatisfy { (0...1).contains($0) })
    }
  }

  /// Protects bars: as long as the numbers, from 0 on where that is in the range.
  @Test func bars() {
    let features: [InputChannel] = ["age", "a name that is longer than there is room for it", "ä"]
    let picture = FeatureChart(
      Tensor(shape: [1, 1, 1, 3], elements: [1, 0.5, 0.25]), features: features,
      valueRange: -1...1, width: 400
    ).picture
    func length(_ bar: Int) -> Int {
      (0..<400).count { picture[0, 18 * bar + 13, $0, 0] < 0.2 }
    }
    let (whole, none, half) = (length(0), length(1), length(2))
    #expect(whole > 60 && none <= 2 && abs(whole - 2 * half) <= 4)
    #expect(picture.elements.allSatisfy { (0...1).contains($0) })
  }

  /// Protects more numbers than there is room for: their pictures stay small.
  @Test func many() {
    let channels = (0..<1000).map { InputChannel("\($0)") }
    let numbers = Tensor(shape: [1, 1, 1, 1000], elements: (0..<1000).map { Float($0) / 999 })
    let lines = FeatureChart(numbers, features: channels).picture
    #expect(lines.shape == [1, 240, 640, 3])
    #expect(darkest(lines, column: 600).row != darkest(lines, column: 10).row)
    let signal = Tensor(shape: [3, 1000], elements: (0..<3000).map { Float($0) / 2999 })
    let rows = SignalChart(signal, channels: channels).picture
    #expect(rows.shape == [1, 1000, 3, 3] && rows[0, 0, 0, 0] == 1 && rows[0, 999, 2, 0] == 0)
  }

  @Test(
    arguments: [
      (0.0, 1.0, ["0.0", "0.5", "1.0"]), (-1, 1, ["-1", "0", "1"]), (0, 255, ["0", "200", "400"]),
      (0.42, 0.58, ["0.4", "0.5", "0.6"]), (3, 3, nil),
    ] as [(Double, Double, [String]?)])
  func ticks(low: Double, high: Double, labels: [String]?) {
    let ticks = AxisTicks(low...high, count: 2)
    if let labels { #expect(ticks.values.map(ticks.label) == labels) }
    #expect(ticks.range.lowerBound <= low && ticks.range.upperBound >= high)
  }

  /// Protects sheets of channels: each in its place, in grey.
  @Test func channelSheet() {
    let picture = Tensor(shape: [1, 2, 2, 4], elements: (0..<16).map { Float($0) / 15 })
    let sheet = ContactSheet(channelsOf: picture, named: ["a", "b", "c", "d"], columns: 4, gap: 1)
    #expect(sheet.picture.shape == [1, 2 + Caption.height, 11, 3])
    for channel in 0..<4 {
      #expect(sheet.picture[0, 1, 3 * channel, 2] == Float(8 + channel) / 15)
    }
  }
}
