import CFVTestData
import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Foundation
import NetworkFormats
import Testing

/// Protects the oracle itself: on a real network it agrees with PyTorch in double precision, whose results
/// were rounded to float32, so that 1e-6 is about as close as they can tell.
@Suite struct InterpreterReferenceTests {
  @Test func agreesWithPyTorchOnGoogLeNet() throws {
    guard let url = DataFolder.item("networks/googlenet-imagenet.onnx"),
      let file = DataFolder.item("references/googlenet-imagenet.safetensors")
    else { return }
    let network = try ONNXFile.load(url).network
    let references = try SafetensorsReader(file)
    let input = try #require(network.inputs.first).name
    let evaluation = try ReferenceInterpreter(network).evaluate(
      [input: DoubleTensor(references.tensor("input"))], taps: ["prob"])
    var errors: [String: Double] = [:]
    for name in references.names {
      let expected = DoubleTensor(try references.tensor(name))
      guard let quantity = ReferenceQuantity(name) else { continue }
      let error: Double
      switch quantity {
      case .activation(let layer):
        error = try evaluation.value(of: layer).largestRelativeError(from: expected)
      case .value(let layer, let unit):
        error = try mean(of: unit, evaluation.value(of: layer)).largestRelativeError(from: expected)
      case .gradient(let rule, let layer, let unit):
        let seed = try seed(of: unit, shape: evaluation.value(of: layer).shape)
        error = try evaluation.gradient(of: [layer: seed], withRespectTo: input, rule: rule)
          .relativeL2Error(from: expected)
      }
      #expect(error < 1e-6, "\(name)")
      errors[name] = error
    }
    // All but the input.
    #expect(errors.count == references.names.count - 1)
    if let worst = errors.max(by: { $0.value < $1.value }) {
      print(
        "GoogLeNet against PyTorch: \(errors.count) tensors within \(worst.value) (\(worst.key))")
    }
  }

  /// The mean over positions of a unit, per image.
  private func mean(of unit: Int, _ value: DoubleTensor) -> DoubleTensor {
    let units = value.shape.last ?? 1
    let images = value.shape[0]
    let positions = value.count / units / images
    let means = (0..<images).map { image in
      (0..<positions).reduce(0) { $0 + value.elements[(image * positions + $1) * units + unit] }
        / Double(positions)
    }
    return DoubleTensor(shape: [images], elements: means)
  }

  /// ∂ Σ_batch (mean over positions of a unit) / ∂ value.
  private func seed(of unit: Int, shape: [Int]) -> DoubleTensor {
    var seed = DoubleTensor(shape: shape)
    let units = shape.last ?? 1
    let positions = seed.count / units / shape[0]
    for offset in stride(from: unit, to: seed.count, by: units) {
      seed.elements[offset] = 1 / Double(positions)
    }
    return seed
  }
}

/// What a tensor of the references is, by its name: `activation.<layer>`, `value.<layer>.<unit>` or
/// `gradient.<rule>.<layer>.<unit>`.
private enum ReferenceQuantity {
  case activation(LayerID)
  case value(LayerID, unit: Int)
  case gradient(GradientRule, LayerID, unit: Int)

  init?(_ name: String) {
    let parts = name.split(separator: ".").map(String.init)
    let rules: [String: GradientRule] = [
      "plain": .plain, "guided": .guided, "rectified": .rectified,
    ]
    switch (parts.first, parts.count) {
    case ("activation", 2):
      self = .activation(.name(parts[1]))
    case ("value", 3):
      guard let unit = Int(parts[2]) else { return nil }
      self = .value(.name(parts[1]), unit: unit)
    case ("gradient", 4):
      guard let rule = rules[parts[1]], let unit = Int(parts[3]) else { return nil }
      self = .gradient(rule, .name(parts[2]), unit: unit)
    default: return nil
    }
  }
}
