import Foundation
import Testing

@Suite("featurevis inspect") struct InspectTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallNetwork().write("small", to: folder)
    try SmallNetwork(side: nil).write("free", to: folder)
  }

  /// Protects the table: every layer, columns that line up, and costs counted by hand.
  @Test func table() throws {
    let output = try CommandLineProgram.featurevis.succeed(["inspect", "small.onnx"], in: folder)
      .output
    let lines = output.split(separator: "\n").map(String.init)
    #expect(lines[0] == "input data [1, 32, 32, 3], RGB 0,1 less 0.5,0.4,0.3 over 0.25,0.25,0.25")
    let names = lines.dropFirst(2).dropLast().compactMap { $0.split(separator: " ").first }
    #expect(names.map(String.init) == SmallNetwork.layers)
    let words = lines.map { $0.split(separator: " ").map(String.init) }
    // 3 · 3 · 3 · 6 weights and 6 biases; 32 · 32 positions.
    #expect(words[2] == ["conv1", "Convolution", "[1,", "32,", "32,", "6]", "168", "165,888"])
    #expect(words.last == ["total", "653", "276,520"])
    #expect(Set(lines.dropFirst().map(\.count)).count == 1)
  }

  private struct Report: Decodable {
    struct Layer: Decodable {
      let name, operation: String
      let outputShape: [Int]
      let parameters, multiplyAdds: Int
    }
    let layers: [Layer]
    let parameters, multiplyAdds: Int
  }

  /// Protects the report for other programs.
  @Test func json() throws {
    let output = try CommandLineProgram.featurevis.succeed(
      ["inspect", "small.onnx", "--json"], in: folder
    ).output
    let report = try JSONDecoder().decode(Report.self, from: Data(output.utf8))
    #expect(report.layers.map(\.name) == SmallNetwork.layers)
    #expect(report.layers[3].outputShape == [1, 16, 16, 8])
    #expect(report.layers[3].multiplyAdds == 16 * 16 * 8 * 6 * 9)
    #expect(report.parameters == 653)
    #expect(report.multiplyAdds == report.layers.reduce(0) { $0 + $1.multiplyAdds })
  }

  /// Protects networks that take any size: shapes are those of the size that is said.
  @Test func freeSize() throws {
    let output = try CommandLineProgram.featurevis.succeed(
      ["inspect", "free.onnx", "--size", "48"], in: folder
    ).output
    #expect(output.contains("[1, 24, 24, 8]"))
  }
}
