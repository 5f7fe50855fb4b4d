import ConvolutionalNetworks

@testable import NetworkFormats

/// Runs a case through importer and program.
struct ConformanceRunner {
  let test: ConformanceCase
  /// The inputs that are bound as constants.
  let boundInputs: Set<String>
  /// The outputs that are not compared.
  let ignoredOutputs: Set<String>

  /// Whether the network is written and read again before it runs.
  let isRewritten: Bool

  /// Cases whose expected values are written with four digits.
  private static let fourDigitCases: Set = ["test_averagepool_2d_ceil_last_window_starts_on_pad"]

  init(_ test: ConformanceCase, rules: ConformanceRules, isRewritten: Bool = false) {
    self.test = test
    self.isRewritten = isRewritten
    boundInputs = rules.boundInputs
    ignoredOutputs = rules.ignoredOutputs
  }

  /// What went wrong; `nil` if every output is as expected.
  func failure() -> String? {
    do { return try failureOfExport() } catch { return "\(error)" }
  }

  /// As `failure`, but throws where the network cannot be written.
  func failureOfExport() throws(ONNXExportError) -> String? {
    for dataSet in test.dataSets {
      do {
        if let failure = try failure(inputs: dataSet.inputs, outputs: dataSet.outputs) {
          return failure
        }
      } catch let error as ONNXExportError {
        throw error
      } catch {
        return "\(error)"
      }
    }
    return nil
  }

  private func failure(inputs: [ONNXTensorProto], outputs: [ONNXTensorProto]) throws -> String? {
    var constants: [String: Tensor] = [:]
    var features: [String: Tensor] = [:]
    for (info, tensor) in zip(test.inputs, inputs) {
      let value = try Self.value(tensor)
      if boundInputs.contains(info.name) {
        constants[info.name] = value
      } else {
        features[info.name] = value
      }
    }
    var model = test.model
    model.graph.output.removeAll { ignoredOutputs.contains($0.name) }
    let compared = zip(test.model.graph.output, outputs)
      .filter { !ignoredOutputs.contains($0.0.name) }.map(\.1)
    var network = try ONNXFile.load(
      model, path: test.name, folder: .temporaryDirectory, constants: constants
    ).network
    if isRewritten {
      let written = try ONNXFile.model(of: network, file: test.name)
      network = try ONNXFile.load(
        written, path: "\(test.name), rewritten", folder: .temporaryDirectory, constants: [:]
      ).network
    }
    guard network.outputs.count == compared.count else { return "an output is left out" }
    let actual = try run(network, features)
    for (position, (actual, expected)) in zip(actual, compared).enumerated() {
      if let difference = try difference(actual, expected) {
        return "output \(position): \(difference)"
      }
    }
    return nil
  }

  private static func value(_ tensor: ONNXTensorProto) throws -> Tensor {
    var decoder = TensorDecoder()
    guard let value = try decoder.decode(tensor).tensor else {
      throw ONNXError.Problem.notConstant(tensor.name)
    }
    return value
  }

  /// The outputs in the file's axis order, for inputs in it.
  private func run(_ network: NeuralNetwork, _ features: [String: Tensor]) throws -> [Tensor] {
    var logicalShapes: [String: [Int]] = [:]
    var presented: [String: Tensor] = [:]
    for input in network.inputs {
      guard let tensor = features[input.name] else { continue }
      logicalShapes[input.name] = tensor.shape
      var axes = Array(0..<tensor.rank)
      if let channels = input.channelAxis { axes.append(axes.remove(at: channels)) }
      presented[input.name] = tensor.transposed(axes)
    }
    // A flattened value lies in the file's order, wherever the program puts the channels of the original.
    let flattened = network.outputs.enumerated().map { position, output in
      Layer("flattened output \(position)", Flatten(axis: 0), inputs: [output])
    }
    let tapped = try NeuralNetwork(
      layout: network.layout, inputs: network.inputs, layers: network.layers + flattened,
      outputs: network.outputs)
    let program = try Program(
      tapped, inputShapes: presented.mapValues(\.shape), taps: flattened.map { .name($0.name) })
    let workspace = try Workspace(program)
    for (name, tensor) in presented { workspace.setInput(name, to: tensor) }
    workspace.forward()
    let shapes = try network.inferShapes(logicalShapes).shapes
    return network.outputs.indices.map { position in
      workspace.tap(position).reshaped(to: shapes[network.outputs[position]] ?? [])
    }
  }

  /// How the outputs differ by more than rounding explains; `nil` if they do not.
  private func difference(_ actual: Tensor, _ expected: ONNXTensorProto) throws -> String? {
    let value = try Self.value(expected)
    guard actual.shape == value.shape else {
      return "shape \(actual.shape) instead of \(value.shape)"
    }
    // Expected values of 16 bits were rounded to 11 or 8 of them.
    let tolerance: Float =
      switch ONNXTensorProto.DataType(rawValue: Int(expected.dataType)) {
      case .float16: 2e-3
      case .bfloat16: 1e-2
      default: Self.fourDigitCases.contains(test.name) ? 1e-3 : 1e-4
      }
    let largest = value.elements.lazy.map(abs).filter(\.isFinite).max() ?? 0
    for (index, (a, e)) in zip(actual.elements, value.elements).enumerated() {
      let isClose = abs(a - e) <= tolerance * abs(e) + 0.1 * tolerance * largest
      guard a == e || isClose || (a.isNaN && e.isNaN) else {
        return "element \(index) is \(a) instead of \(e)"
      }
    }
    return nil
  }
}
