import ArgumentParser
import ConvolutionalNetworks
import Foundation
import NetworkFormats

/// The network's file, and its preprocessing where no sidecar tells.
struct NetworkOptions: ParsableArguments {
  @Argument(help: "The network's file (.onnx).", completion: .file(extensions: ["onnx"]))
  var network: String

  @Option(help: "What black and white become, as LOW,HIGH: 0,1 or -1,1 or 0,255.")
  var range: NumberList?

  @Option(help: "Subtracted after scaling, one number or one per channel.")
  var mean: NumberList?

  @Option(help: "Divided by after the mean, one number or one per channel.")
  var std: NumberList?

  @Option(help: "The meaning of the input's channels: RGB, BGR or gray.")
  var channelOrder: InputSpecification.ChannelOrder?

  func validate() throws {
    if let range, range.numbers.count != 2 {
      throw ValidationError("--range takes two numbers, as in --range 0,255")
    }
  }

  /// Reads the network; warnings go to standard error.
  ///
  /// - Throws: the readers' errors; `ToolError` for a network that nobody told how to feed.
  func load(needsSpecification: Bool) throws -> NeuralNetwork {
    let loaded = try LoadedNetwork(contentsOf: URL(fileURLWithPath: network))
    for warning in loaded.warnings { printToStandardError("warning: \(warning)") }
    var result = loaded.network
    if let specification = try specification(over: result.inputs.first?.specification) {
      result = try result.specifying(specification)
    } else if needsSpecification {
      throw ToolError(
        """
        \(network): nothing says how a picture is fed to this network. Put a \
        \(URL(fileURLWithPath: network).deletingPathExtension().lastPathComponent).json beside it or \
        say it here, for example: --range 0,1 --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225 \
        --channel-order RGB
        """)
    }
    return result
  }

  /// The sidecar's preprocessing with what the options say instead; `nil` where neither says anything.
  private func specification(over sidecar: InputSpecification?) throws -> InputSpecification? {
    guard range != nil || mean != nil || std != nil || channelOrder != nil else { return sidecar }
    guard let limits = range.map({ ($0.numbers[0], $0.numbers[1]) })
      ?? sidecar.map({ ($0.valueRange.lowerBound, $0.valueRange.upperBound) })
    else { throw ToolError("say the value range as well, for example --range 0,1") }
    guard limits.0 < limits.1 else {
      throw ToolError("--range \(limits.0),\(limits.1): the second number must be the larger")
    }
    return try InputSpecification(
      channelOrder: channelOrder ?? sidecar?.channelOrder ?? .rgb,
      valueRange: limits.0...limits.1, mean: mean?.numbers ?? sidecar?.mean ?? [0],
      standardDeviation: std?.numbers ?? sidecar?.standardDeviation ?? [1])
  }
}

extension InputSpecification.ChannelOrder: ExpressibleByArgument {
  public init?(argument: String) {
    guard
      let order = Self.allCases.first(where: {
        $0.rawValue.lowercased() == argument.lowercased()
      })
    else { return nil }
    self = order
  }
}
