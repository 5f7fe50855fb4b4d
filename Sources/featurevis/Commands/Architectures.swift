import ArgumentParser
import NetworkArchitectures

/// Lists the networks that files of weights can be read into.
struct Architectures: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the published networks whose weights can be read, and how to get them.")

  @Flag(help: "Print JSON.")
  var json = false

  private struct Row: Encodable {
    let name: String
    let parameters: Int
    let address: String?
    let command: String?
  }

  func run() throws {
    let rows = Architecture.all.map {
      Row(
        name: $0.name, parameters: $0.parameterCount, address: $0.published?.address,
        command: $0.published?.command)
    }
    if json { return try JSONOutput.print(rows) }
    var table = TextTable([.left, .right, .left])
    table.add(["name", "parameters", "weights"])
    for row in rows {
      table.add([
        row.name, row.parameters.grouped, row.command ?? "published as ONNX or Caffe files",
      ])
    }
    table.print()
  }
}
