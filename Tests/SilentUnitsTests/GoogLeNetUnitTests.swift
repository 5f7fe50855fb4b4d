import CFVTestData
import FeatureVisualization
import Foundation
import NetworkFormats
import Testing

@testable import SilentUnits

/// A network of photographs: no unit of it is dead, but those that are made so.
struct GoogLeNetUnitTests {
  /// The recipe that leaves most units of deep layers silent when it is cut short.
  private let recipe = Preset.lucid.with(\.iterations, 4).with(\.size, 128)

  /// BVLC GoogLeNet, in which units of a convolution are out of reach of anything that could raise them.
  private func network(killing killed: [String: [Int]] = [:]) throws -> NeuralNetwork? {
    guard let file = DataFolder.item("networks/googlenet-imagenet.onnx") else { return nil }
    let network = try ONNXFile.load(file).network
    let layers = try network.layers.map { layer in
      guard let units = killed[layer.name], let own = layer.operation as? Convolution else {
        return layer
      }
      var biases = try #require(own.bias).elements
      for unit in units { biases[unit] = -1e6 }
      let dead = Convolution(
        weights: own.weights, bias: Tensor(shape: [biases.count], elements: biases),
        stride: own.window.stride, dilation: own.window.dilation, padding: own.window.padding,
        groups: own.groups)
      return Layer(layer.name, dead, inputs: layer.inputs, outputs: layer.outputs)
    }
    return try NeuralNetwork(
      layout: network.layout, inputs: network.inputs, layers: layers, outputs: network.outputs,
      labels: network.labels)
  }

  /// Protects the report of dead units: two that are made so are found dead, after all that was tried, and those beside them are
  /// not.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["FEATUREVIS_LONG_TESTS"] == "1"))
  func deadByHand() throws {
    guard let network = try network(killing: ["inception_5b/1x1": [3], "inception_5b/3x3": [16]])
    else { return }
    // The first 384 units of the layer are those of the first convolution.
    for (unit, isDead) in [(3, true), (4, false), (400, true), (401, false)] {
      var search = try SilentUnitSearch(
        network, ActivationMaximization(layer: "inception_5b/output", units: unit))
      search.stepCount = 8
      let found = try search.visualizeActivation(preset: recipe)
      #expect(found.isDead == isDead, "unit \(unit): \(found.attempts)")
      #expect((found.visualization.scores[0] > 0) == !isDead)
      if isDead {
        #expect(found.attempts.map(\.startCount) == [1, 1, 32, 16])
        #expect(found.attempts[2].highestBeforeActivation.map { $0 < -9e5 } == true)
      }
    }
  }

  /// Protects people from grey pictures: 48 units of each of two deep layers respond, most of which a short recipe leaves at 0.
  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["FEATUREVIS_LONG_TESTS"] == "1"),
    arguments: ["inception_5b/output", "inception_4c/output"])
  func evenUnits(layer: String) throws {
    guard let network = try network() else { return }
    var ways: [UnitAttempt.Way: Int] = [:]
    for unit in stride(from: 0, to: 96, by: 2) {
      let search = try SilentUnitSearch(
        network, ActivationMaximization(layer: .name(layer), units: unit))
      let found = try search.visualizeActivation(preset: recipe)
      #expect(found.visualization.scores[0] > 0, "unit \(unit): \(found.attempts)")
      if let last = found.attempts.last { ways[last.way, default: 0] += 1 }
    }
    print("\(layer): \(ways)")
  }
}
