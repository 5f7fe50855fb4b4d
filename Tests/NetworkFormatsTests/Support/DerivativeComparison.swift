import ConvolutionalNetworks
import FeatureVisualizationTestSupport

/// Gradients of a weighted sum of all outputs of a network with respect to some inputs, in three ways.
struct DerivativeComparison {
  /// The largest relative L2 error of the program's gradients from the interpreter's.
  private(set) var programError = 0.0
  /// The largest relative L2 error of the interpreter's gradients from central differences.
  private(set) var interpreterError = 0.0

  /// - Parameter inputs: values in the file's axis order, by name.
  /// - Parameter names: the inputs with respect to which the gradients are.
  init(_ network: NeuralNetwork, _ inputs: [String: Tensor], withRespectTo names: [String]) throws {
    func weight(_ position: Int) -> Double { Double((position * 7) % 11 - 5) / 5 }
    let gradients = try LogicalRun(network, inputs).gradients { Float(weight($0)) }
    let flat = try LogicalRun.flattened(network)
    let interpreter = ReferenceInterpreter(flat)
    let taps = flat.outputs.map { LayerID.name($0) }
    var point: [String: DoubleTensor] = [:]
    var axes: [String: [Int]] = [:]
    for input in flat.inputs {
      guard let tensor = inputs[input.name] else { continue }
      axes[input.name] = LogicalRun.presentedAxes(of: input, rank: tensor.rank)
      point[input.name] = DoubleTensor(tensor).transposed(axes[input.name] ?? [])
    }
    let evaluation = try interpreter.evaluate(point, taps: taps)
    var seeds: [LayerID: DoubleTensor] = [:]
    for tap in taps {
      let shape = try evaluation.value(of: tap).shape
      seeds[tap] = DoubleTensor(
        shape: shape, elements: (0..<shape.reduce(1, *)).map(weight))
    }
    for name in names {
      let expected = try evaluation.gradient(of: seeds, withRespectTo: name)
      let differences = try CentralDifferences().gradient(at: point[name] ?? expected) { moved in
        var inputs = point
        inputs[name] = moved
        let evaluation = try interpreter.evaluate(inputs, taps: taps)
        return try seeds.reduce(0) { sum, seed in
          let value = try evaluation.value(of: seed.key)
          return sum + zip(value.elements, seed.value.elements).reduce(0) { $0 + $1.0 * $1.1 }
        }
      }
      interpreterError = max(interpreterError, expected.relativeL2Error(from: differences))
      guard let gradient = gradients[name] else { continue }
      let actual = DoubleTensor(gradient).transposed(axes[name] ?? [])
      programError = max(programError, actual.relativeL2Error(from: expected))
    }
  }
}
