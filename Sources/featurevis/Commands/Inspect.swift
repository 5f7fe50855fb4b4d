import ArgumentParser
import ConvolutionalNetworks
import Foundation

/// Lists the layers of a network.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List a network's layers: operation, output shape, parameters, multiply-adds.")

  @OptionGroup var options: NetworkOptions

  @Option(help: "The side of the input, where the file leaves it open or for another one.")
  var size: Int?

  @Flag(help: "Print JSON.")
  var json = false

  private struct Report: Encodable {
    let inputs: [Input]
    let layers: [Row]
    let parameters: Int
    let multiplyAdds: Int

    struct Input: Encodable {
      let name: String
      let shape: [Int]
    }

    struct Row: Encodable {
      let name: String
      let operation: String
      let outputShape: [Int]
      let parameters: Int
      let multiplyAdds: Int
    }
  }

  func run() throws {
    let network = try options.load(needsSpecification: false)
    let shapes = try network.exampleInputShapes(side: size)
    let rows = try network.summary(inputShapes: shapes)
    let report = Report(
      inputs: network.inputs.map { .init(name: $0.name, shape: shapes[$0.name] ?? []) },
      layers: rows.map {
        .init(
          name: $0.name, operation: $0.operation, outputShape: $0.outputShape,
          parameters: $0.parameterCount, multiplyAdds: $0.multiplyAdds)
      }, parameters: rows.reduce(0) { $0 + $1.parameterCount },
      multiplyAdds: rows.reduce(0) { $0 + $1.multiplyAdds })
    if json { try JSONOutput.print(report) } else { printTable(report) }
  }

  private func printTable(_ report: Report) {
    for input in report.inputs { print("input \(input.name) \(input.shape)") }
    let header = ["layer", "operation", "output", "parameters", "multiply-adds"]
    let rows =
      [header]
      + report.layers.map {
        [$0.name, $0.operation, "\($0.outputShape)", "\($0.parameters)", "\($0.multiplyAdds)"]
      }
      + [["", "", "total", "\(report.parameters)", "\(report.multiplyAdds)"]]
    let widths = header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    for row in rows {
      let cells = row.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - row[column].count)
        return column < 3 ? row[column] + space : space + row[column]
      }
      print(cells.joined(separator: "  "))
    }
  }
}
