import EmbeddedNetworks
import FeatureVisualization

nonisolated(unsafe) private(set) var checkCount = 0

/// Ends the program where something is not as it should be.
func expect(_ condition: Bool, _ what: String) {
  guard condition else { fatalError("not so: \(what)") }
  checkCount += 1
}

/// A small network of smooth functions: "a" 3×3, "b" 3×3 of stride 2, "c" dense of 4 units.
let smallNetwork: NeuralNetwork = {
  do {
    return try NeuralNetwork.sequential(
      .picture(height: 12, width: 12, name: "picture"), seed: 5,
      [
        .convolution(6, kernel: 3, activation: .softplus, name: "a"),
        .convolution(5, kernel: 3, stride: 2, activation: .tanh, name: "b"),
        .flatten, .dense(4, bias: false, name: "c"),
      ])
  } catch {
    fatalError("\(error)")
  }
}()

/// Pictures of noise, `[count, side, side, 3]`.
func noise(_ count: Int = 1, side: Int = 12, seed: UInt64 = 1) -> Tensor {
  var generator = SeededGenerator(seed: seed)
  return Tensor(
    shape: [count, side, side, 3],
    elements: (0..<count * side * side * 3).map { _ in 0.2 + 0.6 * Float(generator.uniform()) })
}

/// Compares an objective's gradient with central differences along random directions.
func checkGradient(
  _ objective: some ObjectiveConvertible, of network: NeuralNetwork = smallNetwork,
  at pictures: Tensor = noise(2), step: Float = 0.01, _ what: String
) throws {
  let count = pictures.shape[0]
  let evaluator = try ObjectiveEvaluator(
    network, objective, height: pictures.shape[1], width: pictures.shape[2], count: count)
  let gradient = try evaluator.evaluate(at: pictures).gradient.elements
  var generator = SeededGenerator(seed: 3)
  for _ in 0..<6 {
    let direction = gradient.map { _ in Float(generator.normal()) }
    func value(_ step: Float) throws -> Double {
      let moved = zip(pictures.elements, direction).map { $0 + step * $1 }
      let values = try evaluator.values(at: Tensor(shape: pictures.shape, elements: moved))
      return values.reduce(0) { $0 + Double($1) }
    }
    var slope = 0.0
    for index in gradient.indices { slope += Double(gradient[index]) * Double(direction[index]) }
    let near = (try value(step) - value(-step)) / Double(2 * step)
    let far = (try value(2 * step) - value(-2 * step)) / Double(4 * step)
    let measured = (4 * near - far) / 3
    let error = abs(measured - slope)
    expect(
      error <= 0.02 * max(abs(slope), abs(measured)) + 1e-4,
      "\(what): the gradient is \(slope), differences say \(measured)")
  }
}

/// A recipe of small steps on plain pixels.
func smallSteps(_ iterations: Int) -> Preset {
  var preset = Preset(
    name: "small steps", parameterization: Pixels(start: .uniform(0.3...0.7)),
    optimizer: GradientDescent(.constant(0.05)), iterations: iterations)
  preset.normalizesGradient = true
  return preset
}
