import FeatureVisualization

/// What comes behind a layer, evaluated at changed outputs of it.
///
/// Layers that read the output read an input instead, so that nothing before it runs but what goes past it, such as the other
/// side of a residual sum.
struct NetworkTail {
  /// The layer's output at the question's picture, in logical order.
  let output: Tensor
  private let network: NeuralNetwork
  private let question: AttributionQuestion
  private let picture: PictureAsInput
  private let input: String

  /// - Parameter layer: the layer, which the objective does not look at itself.
  init(of question: AttributionQuestion, behind layer: LayerID) throws(VisualizationError) {
    let whole = question.network
    let value = try whole.value(of: layer)
    picture = try PictureAsInput(question)
    let graph = try LayerwiseGraph(
      whole, input: picture.input.name, inputShapes: picture.values.mapValues(\.shape),
      starts: [value])
    output = try LayerValues(
      of: graph, inputs: picture.values, wanted: [value], memoryLimit: question.memoryLimit)[value]
    // No file's value has a line feed in its name.
    let input = value + "\nchanged"
    network = try NeuralNetwork(
      layout: whole.layout,
      inputs: whole.inputs + [
        NetworkInput(input, shape: output.shape.map { $0 }, channelAxis: nil)
      ],
      layers: whole.layers.map { $0.reading(input, insteadOf: value) }, outputs: whole.outputs,
      labels: whole.labels)
    (self.question, self.input) = (question, input)
  }

  /// The objective for changed outputs of the layer, less the number that it has beside its terms.
  ///
  /// - Parameters:
  ///   - count: how many there are.
  ///   - output: makes one, in logical order.
  /// - Complexity: compiles what comes behind the layer for each batch.
  func values(
    count: Int, output: (_ index: Int) -> Tensor
  ) throws(VisualizationError) -> [Float] {
    var values: [Float] = []
    var batch = min(count, Self.largestBatch)
    while values.count < count {
      let next = min(batch, count - values.count)
      do throws(VisualizationError) {
        values += try self.values((0..<next).map { output(values.count + $0) })
      } catch {
        guard case .tooMuchMemory = error, batch > 1 else { throw error }
        batch = (batch + 1) / 2
      }
    }
    return values
  }

  /// Outputs of a layer are small beside pictures.
  private static let largestBatch = 32

  private func values(_ outputs: [Tensor]) throws(VisualizationError) -> [Float] {
    let count = outputs.count
    var inputs: [String: Tensor] = [:]
    for (name, value) in picture.values {
      inputs[name] =
        value.pictureCount == 1
        ? try Tensor(stacking: Array(repeating: value, count: count)) : value
    }
    inputs[input] = try Tensor(stacking: outputs)
    let layers = question.objective.tappedLayers
    let workspace = try Workspace(
      try Program(
        network, inputShapes: inputs.mapValues(\.shape), taps: layers.map { TapRequest($0) },
        options: .init(differentiatedInputs: [], memoryLimit: question.memoryLimit)))
    for (name, value) in inputs { workspace.setInput(name, to: value) }
    workspace.forward()
    return try objectiveValues(layers.indices.map(workspace.tap), of: layers, count: count)
  }

  /// The objective of what its layers write.
  private func objectiveValues(_ tensors: [Tensor], of layers: [LayerID], count: Int)
    throws(VisualizationError) -> [Float]
  {
    let objective = count == 1 ? question.objective : try question.objective.repeated(count)
    let moment = Moment(iteration: 0, of: 1)
    var sums = [Float](repeating: 0, count: count)
    for term in objective.terms where term.role == .objective {
      let losses: [Float]
      do {
        let loss = try term.loss.resolved(in: question.network)
        let read = try loss.subjects.map { subject in
          guard case .layer(let layer) = subject.source, let place = layers.firstIndex(of: layer)
          else {
            throw VisualizationError.incompatible(
              "Ablation-CAM", term.name, reason: "it looks at \(subject), and not at layers alone")
          }
          return tensors[place]
        }
        losses = try loss.values(at: read, moment: moment)
      } catch { throw .from(error, of: term.loss) }
      let weight = term.weight.value(at: moment)
      for index in sums.indices { sums[index] -= weight * losses[index] }
    }
    return sums
  }
}

extension Layer {
  fileprivate func reading(_ other: String, insteadOf value: String) -> Layer {
    guard inputs.contains(value) else { return self }
    return Layer(
      name, operation, inputs: inputs.map { $0 == value ? other : $0 }, outputs: outputs,
      layout: layout)
  }
}
