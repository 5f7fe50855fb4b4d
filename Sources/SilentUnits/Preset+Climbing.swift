import FeatureVisualization

extension Preset {
  /// The plainest way up in pictures of this recipe's size: a spectrum, seen as it is, and nothing that pulls elsewhere.
  ///
  /// - Parameters:
  ///   - deviation: of the spectrum at the start: 0.01 is nearly grey, 1 all contrast that there is.
  ///   - wakes: whether gradients are redirected past rectifiers, where the objective cannot be taken before them.
  func climbing(steps: Int, deviation: Float, wakes: Bool) -> Preset {
    var climb = Preset(
      name: "climb", parameterization: Fourier(deviation: deviation),
      optimizer: Adam(learningRate: 0.05), iterations: steps)
    if wakes { climb.backpropModifier = RedirectedReLU(iterations: steps) }
    (climb.canvas, climb.size, climb.side) = (canvas, size, side)
    (climb.heldInputs, climb.memoryLimit) = (heldInputs, memoryLimit)
    (climb.arithmetic, climb.denseWeights) = (arithmetic, denseWeights)
    return climb
  }
}
