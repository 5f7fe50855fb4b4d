import ArgumentParser
import ConvolutionalNetworks
import Foundation
import NetworkFiles
import NetworkFormats

/// Lists the layers of a network.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List a network's layers: operation, output shape, parameters, multiply-adds.",
    discussion:
      "Of a file of weights that belongs to no architecture known here, the tensors are listed.")

  @OptionGroup var file: NetworkFile

  @OptionGroup var size: SizeOption

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
      let preprocessing: Preprocessing?
    }

    struct Preprocessing: Encodable {
      let channelOrder: String
      let channels: [String]
      let valueRange: [Float]
      let mean: [Float]
      let standardDeviation: [Float]

      init(_ specification: InputSpecification) {
        channelOrder = specification.channelOrder.description
        channels = specification.channelOrder.channels.map(\.name)
        valueRange = [specification.valueRange.lowerBound, specification.valueRange.upperBound]
        mean = specification.mean
        standardDeviation = specification.standardDeviation
      }
    }

    struct Row: Encodable {
      let name: String
      let operation: String
      /// Missing where the layer cannot be computed.
      let outputShape: [Int]?
      /// Why it cannot be computed; missing where it can.
      let fault: String?
      let parameters: Int
      let multiplyAdds: Int
    }
  }

  func run() throws {
    switch try file.content() {
    case .network(let loaded): try report(on: loaded.network)
    case .weights(let weights):
      guard size.extent == nil else {
        throw ToolError("\(file.path): --size: the file holds weights and no network of a size")
      }
      let table = WeightsTable(weights)
      if json { try JSONOutput.print(table) } else { table.printTable() }
    }
  }

  private func report(on network: NeuralNetwork) throws {
    let shapes = try network.exampleInputShapes(size.extent)
    let rows = try network.summary(inputShapes: shapes)
    let report = Report(
      inputs: network.inputs.map {
        .init(
          name: $0.name, shape: shapes[$0.name] ?? [],
          preprocessing: $0.specification.map(Report.Preprocessing.init))
      },
      layers: rows.map {
        .init(
          name: $0.name, operation: $0.operation, outputShape: $0.outputShape,
          fault: $0.fault, parameters: $0.parameterCount, multiplyAdds: $0.multiplyAdds)
      }, parameters: rows.reduce(0) { $0 + $1.parameterCount },
      multiplyAdds: rows.reduce(0) { $0 + $1.multiplyAdds })
    if json { try JSONOutput.print(report) } else { printTable(report) }
  }

  private func printTable(_ report: Report) {
    for input in report.inputs {
      StandardStreams.printLine(
        "input \(input.name) \(input.shape)\(input.preprocessing.map(describe) ?? "")")
    }
    var table = TextTable([.left, .left, .left, .right, .right])
    table.add(["layer", "operation", "output", "parameters", "multiply-adds"])
    for layer in report.layers {
      table.add([
        layer.name, layer.operation, layer.outputShape.map { "\($0)" } ?? "not computed",
        layer.parameters.grouped, layer.multiplyAdds.grouped,
      ])
    }
    table.add(["", "", "total", report.parameters.grouped, report.multiplyAdds.grouped])
    table.print()
    for layer in report.layers {
      guard let fault = layer.fault else { continue }
      StandardStreams.printLine("\(layer.name) (\(layer.operation)) cannot be computed: \(fault)")
    }
  }

  private func describe(_ preprocessing: Report.Preprocessing) -> String {
    func list(_ numbers: [Float]) -> String {
      let each = numbers.map(\.short)
      return Set(each).count == 1 && each.count > 3 ? each[0] : each.joined(separator: ",")
    }
    return """
      , \(preprocessing.channelOrder) \(list(preprocessing.valueRange)) less \
      \(list(preprocessing.mean)) over \(list(preprocessing.standardDeviation))
      """
  }
}
