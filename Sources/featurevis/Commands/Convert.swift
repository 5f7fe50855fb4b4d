import ArgumentParser
import ConvolutionalNetworks
import Foundation
import NetworkFormats

/// Writes a network in another format.
struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a network as ONNX, or weights as safetensors.",
    discussion: """
      ONNX holds the network; its preprocessing and labels go into a .json beside it, unless there is one. \
      Safetensors holds the weights alone, by the names of the file or of the network's layers. What a file says of \
      its maker, its licence and the like goes along.
      """)

  @OptionGroup var file: NetworkFile

  @Argument(
    help: ArgumentHelp("Where it goes (.onnx, .safetensors).", valueName: "output"),
    completion: .file(extensions: ["onnx", "safetensors"]))
  var output: String

  private enum Format: String { case onnx, safetensors }

  private var format: Format? {
    Format(rawValue: URL(fileURLWithPath: output).pathExtension.lowercased())
  }

  func validate() throws {
    guard format != nil else {
      throw ValidationError(
        "'\(output)': networks are written as .onnx and weights as .safetensors")
    }
  }

  func run() throws {
    let target = try OutputFile(output)
    var plan = OutputPlan(reading: file)
    try plan.writes(target, "the output")
    switch format {
    case .onnx:
      let loaded = try file.loaded()
      var wrote = target.path
      try target.write { url in
        try ONNXFile.write(loaded.network, to: url, metadata: loaded.metadata)
        if let sidecar = try NetworkSidecar.write(loaded.network, beside: url) {
          wrote += " and \(sidecar.lastPathComponent)"
        }
      }
      StandardStreams.printLine("wrote \(wrote)")
    case .safetensors:
      let weights: StateDictionary
      if let read = try file.weights() {
        weights = read
        for note in weights.notes { StandardStreams.printError("note: \(note)") }
      } else {
        let loaded = try file.loaded()
        weights = StateDictionary(of: loaded.network, metadata: loaded.metadata)
      }
      try target.write { try weights.write(to: $0) }
      StandardStreams.printLine("wrote \(target.path): \(weights.names.count) tensors")
    case nil: break
    }
  }
}
