import ConvolutionalNetworks

@testable import NetworkFormats

/// A network lacks an output of its file.
private struct LeftOutOutput: Error {}

/// Runs a case through importer and program.
struct ConformanceRunner {
  let test: ConformanceCase
  /// The ways to bind some of the inputs as constants, the first as networks have them.
  let bindings: [Set<String>]
  /// The outputs that are not compared.
  let ignoredOutputs: Set<String>

  /// Whether the network is written and read again before it runs.
  let isRewritten: Bool

  /// Cases whose expected values are written with four digits.
  private static let fourDigitCases: Set = ["test_averagepool_2d_ceil_last_window_starts_on_pad"]

  init(_ test: ConformanceCase, rules: ConformanceRules, isRewritten: Bool = false) {
    self.test = test
    self.isRewritten = isRewritten
    bindings = isRewritten ? [rules.boundInputs] : rules.bindings
    ignoredOutputs = rules.ignoredOutputs
  }

  /// What went wrong; `nil` if it runs in one way at least, and every output is as expected in each that it runs in.
  func failure() -> String? {
    var refusals: [String] = []
    for binding in bindings {
      do {
        if let failure = try failure(binding: binding) {
          return "\(failure), with \(binding.isEmpty ? "nothing" : "\(binding.sorted())") bound"
        }
      } catch {
        refusals.append("\(error)")
      }
    }
    return refusals.count == bindings.count ? refusals[0] : nil
  }

  /// As `failure`, but in the first way only, and throws where the network cannot be written.
  func failureOfExport() throws(ONNXExportError) -> String? {
    do {
      return try failure(binding: bindings[0])
    } catch let error as ONNXExportError {
      throw error
    } catch {
      return "\(error)"
    }
  }

  private func failure(binding: Set<String>) throws -> String? {
    for dataSet in test.dataSets {
      let failure = try failure(
        inputs: dataSet.inputs, outputs: dataSet.outputs, binding: binding)
      if let failure { return failure }
    }
    return nil
  }

  private func failure(
    inputs: [ONNXTensorProto], outputs: [ONNXTensorProto], binding: Set<String>
  ) throws -> String? {
    var constants: [String: Tensor] = [:]
    var features: [String: Tensor] = [:]
    for (info, tensor) in zip(test.inputs, inputs) {
      let value = try Self.value(tensor)
      if binding.contains(info.name) {
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
    // Outputs that follow from free sizes alone are no outputs of a network.
    guard network.outputs.count == compared.count else { throw LeftOutOutput() }
    let actual = try LogicalRun(network, features).outputs
    for (position, (actual, expected)) in zip(actual, compared).enumerated() {
      if let difference = try difference(actual, expected) {
        return "output \(position): \(difference)"
      }
    }
    return nil
  }

  private static func value(_ tensor: ONNXTensorProto) throws -> Tensor {
    var decoder = TensorDecoder()
    var budget = ReadingBudget(ReadingLimits(), fileSize: 0)
    guard let value = try decoder.decode(tensor, &budget).tensor else {
      throw ONNXError.Problem.notConstant(tensor.name)
    }
    return value
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
