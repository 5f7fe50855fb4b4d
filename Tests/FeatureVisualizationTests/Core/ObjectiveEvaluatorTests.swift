import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// An evaluator's gradients are those that central differences measure, at the picture and at layers.
struct ObjectiveEvaluatorTests {
  private func picture(_ count: Int, _ side: Int = 14, channels: Int = 3) -> Tensor {
    var random = SeededTensors(seed: 4)
    return Tensor(random.uniform([count, side, side, channels], in: 0.2...0.8))
  }

  /// Compares the slope along random directions with differences of values.
  private func compare(
    _ network: NeuralNetwork, _ objective: some ObjectiveConvertible, at pictures: Tensor
  ) throws {
    let (count, height, width) = (pictures.shape[0], pictures.shape[1], pictures.shape[2])
    let evaluator = try ObjectiveEvaluator(
      network, objective, height: height, width: width, count: count, arithmetic: .plain)
    let gradient = try evaluator.evaluate(at: pictures).gradient.elements
    var random = SeededTensors(seed: 9)
    for _ in 0..<4 {
      let direction = random.uniform([gradient.count]).elements
      func value(_ step: Double) throws -> Double {
        let moved = zip(pictures.elements, direction).map { $0 + Float(step * $1) }
        let values = try evaluator.values(at: Tensor(shape: pictures.shape, elements: moved))
        return values.reduce(0) { $0 + Double($1) }
      }
      var slope = 0.0
      for index in gradient.indices { slope += Double(gradient[index]) * direction[index] }
      let near = (try value(0.02) - value(-0.02)) / 0.04
      let far = (try value(0.04) - value(-0.04)) / 0.08
      let measured = (4 * near - far) / 3
      #expect(abs(measured - slope) <= 5e-3 * max(abs(slope), abs(measured)) + 1e-4)
    }
  }

  @Test(arguments: SmoothNetwork.allCases)
  func `gradients at pictures, whatever the preprocessing`(variant: SmoothNetwork) throws {
    let channels = variant == .gray ? 1 : 3
    try compare(
      variant.make(),
      ActivationMaximization(layer: "dense", units: [2])
        - 0.5 * ActivationMaximization(layer: "conv2", units: [1]),
      at: picture(2, channels: channels))
  }

  @Test func `gradients at pictures of another size than the network's`() throws {
    let objective = ActivationMaximization(layer: "dense", units: [2])
    for side in [9, 14, 23] {
      try compare(try SmoothNetwork.unit.make(), objective, at: picture(1, side))
    }
  }

  @Test func `priors are left out of values and gradients, unless they are to count`() throws {
    let network = try SmoothNetwork.unit.make()
    let objective = ActivationMaximization(layer: "dense", units: [2])
    let plain = try ObjectiveEvaluator(network, objective).evaluate(at: picture(1))
    let prior = TotalVariation(space: .unit)
    let apart = try ObjectiveEvaluator(network, objective + prior).evaluate(at: picture(1))
    #expect(plain.values == apart.values && plain.gradient == apart.gradient)
    let held = try ObjectiveEvaluator(network, objective + prior.asObjective).evaluate(
      at: picture(1))
    let value = try prior.values(at: [picture(1)])[0]
    #expect(abs(plain.values[0] - held.values[0] - value) < 1e-5)
    let alone = try TotalVariation(space: .unit).gradients(at: [picture(1)])[0].elements
    let difference = zip(plain.gradient.elements, held.gradient.elements).map { $0 - $1 }
    #expect(largestDifference(difference, alone) < 1e-5)
  }

  @Test func `a layer's gradient moves the objective as differences say`() throws {
    // The layer after it is linear: the gradient at "flat" is the row of weights.
    let network = try SmoothNetwork.unit.make()
    let evaluator = try ObjectiveEvaluator(
      network, ActivationMaximization(layer: "dense", units: [2]), count: 2,
      gradientsAt: ["flat", "conv2", "dense"])
    let found = try evaluator.evaluate(at: picture(2))
    guard let dense = try network.layer("dense").operation as? Dense else {
      Issue.record("no dense layer")
      return
    }
    let count = 7 * 7 * 4
    let gradient = found.layers[0].gradient.elements
    for unit in 0..<count {
      let weight = dense.weights[2, unit]
      #expect(abs(gradient[unit] - weight) < 1e-6 && abs(gradient[count + unit] - weight) < 1e-6)
    }
    #expect(found.layers[1].gradient.elements == gradient)
    #expect(found.layers[2].gradient.elements == [0, 0, 1, 0, 0, 0, 0, 1, 0, 0])
    let activations = try network.evaluate(picture(2), at: "dense")
    #expect(largestDifference(found.layers[2].activations.elements, activations.elements) < 1e-5)
    #expect(largestDifference(found.values, [activations[0, 2], activations[1, 2]]) < 1e-5)
  }

  @Test func `pictures that do not fit, and subjects that are not there, are refused`() throws {
    let network = try SmoothNetwork.unit.make()
    let objective = ActivationMaximization(layer: "dense", units: [2])
    let evaluator = try ObjectiveEvaluator(network, objective)
    for shape in [[1, 14, 14, 2], [2, 14, 14, 3], [1, 13, 14, 3], [14, 14, 3]] {
      #expect(throws: VisualizationError.self) { try evaluator.values(at: Tensor(shape: shape)) }
    }
    #expect(throws: VisualizationError.self) {
      try evaluator.evaluate(at: Tensor(shape: [1, 14, 14, 3], repeating: 200))
    }
    for subject in [LossSubject.opacity, .parameters] {
      #expect(throws: VisualizationError.subjectNotThere(subject.description)) {
        try ObjectiveEvaluator(network, objective + TensorExpression.reading(subject).mean())
      }
    }
    #expect(throws: VisualizationError.self) {
      try ObjectiveEvaluator(network, objective, gradientsAt: ["nowhere"])
    }
  }
}
