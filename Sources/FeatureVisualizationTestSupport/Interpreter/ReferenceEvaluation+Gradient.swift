import ConvolutionalNetworks

extension ReferenceEvaluation {
  /// The gradient `∂ Σ_tap Σ seed · value(tap) / ∂ input`, in the shape in which the input was handed in.
  ///
  /// - Parameter seeds: ∂objective/∂value for some taps, feature maps as `[N, H, W, C]`.
  /// - Parameter rule: how gradients pass activation functions.
  /// - Throws: `VisualizationError` for taps or inputs that were not evaluated and seeds of another shape.
  public func gradient(
    of seeds: [LayerID: DoubleTensor], withRespectTo input: String, rule: GradientRule = .plain
  ) throws(VisualizationError) -> DoubleTensor {
    guard let wanted = values.firstIndex(where: { $0.input == input }) else {
      throw .missingInput(name: input)
    }
    return try gradient(of: seeds, withRespectTo: wanted, rule)
  }

  /// The gradient with respect to the output of a layer, all its readers and taps together, in the shape that `Program`
  /// gives it.
  ///
  /// - Throws: `VisualizationError` for layers that were not evaluated and seeds of another shape.
  public func gradient(
    of seeds: [LayerID: DoubleTensor], withRespectToOutputOf layer: LayerID,
    rule: GradientRule = .plain
  ) throws(VisualizationError) -> DoubleTensor {
    try gradient(of: seeds, withRespectTo: position(of: layer), rule)
  }

  private func gradient(
    of seeds: [LayerID: DoubleTensor], withRespectTo wanted: Int, _ rule: GradientRule
  ) throws(VisualizationError) -> DoubleTensor {
    var gradients = [DoubleTensor?](repeating: nil, count: values.count)
    for (tap, seed) in seeds {
      let position = try position(of: tap)
      let value = values[position]
      let presented = value.presentedAxes.map { value.tensor.shape[$0] }
      guard seed.shape == presented else {
        throw .invalidInput(name: "\(tap)", declared: presented, actual: seed.shape)
      }
      gradients[position].add(seed.transposed(value.logicalAxes))
    }
    let reached = valuesDepending(on: wanted)
    for step in steps.reversed() where step.inputs.contains(where: { reached[$0] }) {
      guard step.outputs.contains(where: { gradients[$0] != nil }) else { continue }
      let below = try pullBack(through: step, gradients, rule)
      for (position, gradient) in zip(step.inputs, below) where reached[position] {
        gradients[position].add(gradient)
      }
    }
    let value = values[wanted]
    return (gradients[wanted] ?? DoubleTensor(shape: value.tensor.shape))
      .transposed(value.presentedAxes)
  }

  private func pullBack(
    through step: Step, _ gradients: [DoubleTensor?], _ rule: GradientRule
  ) throws(VisualizationError) -> [DoubleTensor] {
    let inputs = step.inputs.map { values[$0].tensor }
    do throws(ShapeError) {
      return try step.operation.pullBack(
        step.outputs.map { gradients[$0] ?? DoubleTensor(shape: values[$0].tensor.shape) },
        at: OperationPoint(
          inputs: inputs, outputs: step.outputs.map { values[$0].tensor }, layout: step.layout,
          rule: rule))
    } catch {
      throw .invalidShape(
        layer: step.layer, operation: step.operation.kind, inputs: inputs.map(\.shape),
        reason: error.reason)
    }
  }

  private func valuesDepending(on position: Int) -> [Bool] {
    var reached = [Bool](repeating: false, count: values.count)
    reached[position] = true
    for step in steps where step.inputs.contains(where: { reached[$0] }) {
      for output in step.outputs { reached[output] = true }
    }
    return reached
  }
}

extension DoubleTensor? {
  /// Adds to a sum that is nothing so far.
  fileprivate mutating func add(_ term: DoubleTensor) {
    guard case .some(var sum) = self else {
      self = term
      return
    }
    self = nil
    for index in sum.elements.indices { sum.elements[index] += term.elements[index] }
    self = sum
  }
}
