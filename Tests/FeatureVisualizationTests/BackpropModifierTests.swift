import FeatureVisualization
import FeatureVisualizationTestSupport
import Foundation
import Testing

/// Guided and rectified gradients follow their formula on every activation, fused or alone: elsewhere they
/// silently do nothing but on ReLU.
struct BackpropModifierTests {
  /// An activation, its formula in double precision and whether it is a rectifier.
  struct Curve: Sendable, CustomTestStringConvertible {
    let function: ActivationFunction
    let isRectifier: Bool
    let value: @Sendable (Double) -> Double
    var testDescription: String { Activation(function).kind }

    static let all = [
      Curve(function: .relu, isRectifier: true) { max($0, 0) },
      Curve(function: .relu6, isRectifier: true) { min(max($0, 0), 6) },
      Curve(function: .leakyReLU(slope: 0.1), isRectifier: true) { $0 > 0 ? $0 : 0.1 * $0 },
      Curve(
        function: .parametricReLU(slopes: Tensor(shape: [1], elements: [0.3])), isRectifier: true
      ) { $0 > 0 ? $0 : 0.3 * $0 },
      Curve(function: .elu(alpha: 0.7), isRectifier: true) { $0 > 0 ? $0 : 0.7 * (exp($0) - 1) },
      Curve(function: .selu, isRectifier: true) {
        1.0507009873554805 * ($0 > 0 ? $0 : 1.6732632423543772 * (exp($0) - 1))
      },
      Curve(function: .gelu(approximate: false), isRectifier: true) {
        $0 * 0.5 * (1 + erf($0 / 2.0.squareRoot()))
      },
      Curve(function: .silu, isRectifier: true) { $0 / (1 + exp(-$0)) },
      Curve(function: .hardSwish, isRectifier: true) { $0 * min(max($0 / 6 + 0.5, 0), 1) },
      Curve(function: .celu(alpha: 2), isRectifier: true) {
        $0 > 0 ? $0 : 2 * (exp($0 / 2) - 1)
      },
      Curve(function: .thresholdedReLU(threshold: 1), isRectifier: true) { $0 > 1 ? $0 : 0 },
      Curve(function: .swish(alpha: 2), isRectifier: true) { $0 / (1 + exp(-2 * $0)) },
      Curve(function: .mish, isRectifier: true) { $0 * tanh(log(1 + exp($0))) },
      Curve(function: .softsign, isRectifier: false) { $0 / (1 + abs($0)) },
      Curve(function: .softplus, isRectifier: true) { log(1 + exp($0)) },
      Curve(function: .sigmoid, isRectifier: false) { 1 / (1 + exp(-$0)) },
      Curve(function: .tanh, isRectifier: false) { tanh($0) },
    ]
  }

  private static let points: [Float] = [-4, -2.2, -1, -0.3, 0.2, 0.9, 1.7, 2.9, 5.1, 7]

  /// The gradient that reaches the input of an activation from `gradient` above it.
  private func pulledBack(
    _ function: ActivationFunction, _ gradient: [Float], _ modifier: any BackpropModifier,
    fused: Bool
  ) throws -> [Float] {
    let count = Self.points.count
    let identity = Tensor(
      shape: [count, count], elements: (0..<(count * count)).map { $0 % (count + 1) == 0 ? 1 : 0 })
    let layers =
      fused
      ? [Layer("y", Dense(weights: identity, activation: function), inputs: ["x"])]
      : [Layer("y", Activation(function), inputs: ["x"])]
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [NetworkInput("x", shape: [1, count], channelAxis: nil)],
      layers: layers, outputs: ["y"])
    let program = try Program(
      network, inputShapes: ["x": [1, count]], taps: ["y"],
      options: .init(backpropModifier: modifier))
    let workspace = try Workspace(program)
    workspace.setInput("x", to: Tensor(shape: [1, count], elements: Self.points))
    workspace.forward()
    workspace.withTapGradient(0) { _ = $0.update(fromContentsOf: gradient) }
    workspace.pullback()
    return workspace.inputGradient("x").elements
  }

  @Test(arguments: Curve.all, [false, true])
  func `guided and rectified follow their formulas`(curve: Curve, fused: Bool) throws {
    for sign: Float in [1, -1] {
      let gradient = Self.points.indices.map { sign * ($0 % 3 == 0 ? -1.5 : 0.5 + Float($0) / 4) }
      let guided = try pulledBack(curve.function, gradient, .guided, fused: fused)
      let rectified = try pulledBack(curve.function, gradient, .rectified, fused: fused)
      for (i, point) in Self.points.enumerated() {
        let (x, g) = (Double(point), Double(gradient[i]))
        let slope = (curve.value(x + 1e-5) - curve.value(x - 1e-5)) / 2e-5
        let wantedGuided = g > 0 && curve.value(x) > 0 ? g * slope : 0
        let wantedRectified = max(g, 0) * (curve.isRectifier ? 1 : slope)
        #expect(abs(Double(guided[i]) - wantedGuided) < 2e-5, "guided at \(x), gradient \(g)")
        #expect(
          abs(Double(rectified[i]) - wantedRectified) < 2e-5, "rectified at \(x), gradient \(g)")
      }
    }
  }

  /// Lets nothing pass.
  private struct Blocked: ElementwiseBackprop {
    func pullback(_ gradient: Float, at point: ActivationPoint) -> Float { 0 }
  }

  @Test func `a visualization uses the modifier it is given, one's own included`() throws {
    let network = try SmoothNetwork.unit.make()
    let loss = [1 * ActivationMaximization(layer: "dense", units: [1])]
    let plain = try network.visualizeActivationWithLosses(loss, preset: .smallSteps(2))
    let guided = try network.visualizeActivationWithLosses(
      loss, preset: .smallSteps(2).with(\.backpropModifier, .guided))
    let blocked = try network.visualizeActivationWithLosses(
      loss, preset: .smallSteps(2).with(\.backpropModifier, Blocked()))
    #expect(plain.history[0].objectives == guided.history[0].objectives)
    #expect(largestDifference(plain.pictures.elements, guided.pictures.elements) > 1e-4)
    #expect(blocked.warnings == [.zeroGradient(picture: 0, iteration: 0)])
    #expect(plain.warnings.isEmpty && guided.warnings.isEmpty)
  }
}
