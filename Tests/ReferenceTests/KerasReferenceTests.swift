import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Foundation
import KerasNetworkFormat
import Testing

/// Protects the reading of real Keras models: what Keras computed for them in single precision comes out.
@Suite struct KerasReferenceTests {
  @Test(arguments: [
    ("resnet8-cifar10.h5", 8), ("resnet8-cifar10.keras", 8), ("emotion-mini-xception.hdf5", 10),
  ]) func `agrees with Keras`(file: String, count: Int) throws {
    let name = (file as NSString).deletingPathExtension
    guard let url = DataFolder.item("networks/\(file)"),
      let references = try DataFolder.item("references/\(name).safetensors")
        .map({ try SafetensorsReader($0) })
    else { return }
    let trained = try KerasFile.load(url).network
    let last = try LayerID.name(#require(trained.outputs.first))
    let linear = try trained.replacingActivation(of: last, with: .linear)
    let input = try references.tensor("input")
    var compared = 0
    for quantity in references.names where quantity != "input" {
      let expected = DoubleTensor(try references.tensor(quantity))
      var parts = quantity.split(separator: ".").map(String.init)
      let kind = parts.removeFirst()
      var network = trained
      if parts.first == "linear" { network = linear }
      if parts.count > 1, ["linear", "plain"].contains(parts[0]) { parts.removeFirst() }
      let workspace = try run(network, input, tap: parts[0])
      switch kind {
      case "activation":
        let error = DoubleTensor(workspace.tap(0)).largestRelativeError(from: expected)
        #expect(error < 1e-4, "\(quantity)")
      case "value":
        let error = DoubleTensor(mean(of: try unit(parts), workspace.tap(0)))
          .largestRelativeError(from: expected)
        #expect(error < 1e-4, "\(quantity)")
      default:
        let shape = workspace.tap(0).shape
        let seed = seed(of: try unit(parts), shape: shape)
        workspace.withTapGradient(0) { _ = $0.update(fromContentsOf: seed) }
        workspace.pullback()
        let name = try #require(network.inputs.first).name
        let error = DoubleTensor(workspace.inputGradient(name)).relativeL2Error(from: expected)
        #expect(error < 1e-3, "\(quantity)")
      }
      compared += 1
    }
    #expect(compared == count)
  }

  private func unit(_ parts: [String]) throws -> Int {
    try #require(parts.last.flatMap { Int($0) })
  }

  private func run(_ network: NeuralNetwork, _ input: Tensor, tap: String) throws -> Workspace {
    let name = try #require(network.inputs.first).name
    let workspace = Workspace(
      try Program(network, inputShapes: [name: input.shape], taps: [.name(tap)]))
    workspace.setInput(name, to: input)
    workspace.forward()
    return workspace
  }

  /// The mean over positions of a unit, per image.
  private func mean(of unit: Int, _ value: Tensor) -> Tensor {
    let units = value.shape[value.rank - 1]
    let positions = value.count / units / value.shape[0]
    let elements = value.elements
    return Tensor(
      shape: [value.shape[0]],
      elements: (0..<value.shape[0]).map { image in
        (0..<positions).reduce(0) { $0 + elements[(image * positions + $1) * units + unit] }
          / Float(positions)
      })
  }

  /// ∂ Σ_batch (mean over positions of a unit) / ∂ value.
  private func seed(of unit: Int, shape: [Int]) -> [Float] {
    let units = shape[shape.count - 1]
    let count = shape.reduce(1, *)
    let share = Float(shape[0] * units) / Float(count)
    return (0..<count).map { $0 % units == unit ? share : 0 }
  }
}
