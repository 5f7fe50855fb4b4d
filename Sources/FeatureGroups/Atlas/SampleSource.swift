import FeatureVisualization

/// Where a sampler's activations come from, and the gradients of a class where one is asked for.
struct SampleSource {
  /// The layer as the network calls it.
  let layer: String
  /// Its output's shape for one picture.
  let shape: [Int]
  private let input: MapInput
  private let batch: Int
  private let reader: ActivationReader?
  private let evaluator: ObjectiveEvaluator?

  init(
    _ network: NeuralNetwork, layer id: LayerID, unit: UnitID?, _ input: MapInput, batch: Int,
    heldInputs: [String: Tensor], memoryLimit: Int?
  ) throws(VisualizationError) {
    (self.input, self.batch) = (input, batch)
    let (height, width) = (input.size.height, input.size.width)
    guard let unit else {
      let reader = try ActivationReader(
        network, layer: id, height: height, width: width, batch: batch, heldInputs: heldInputs,
        memoryLimit: memoryLimit)
      (layer, shape, self.reader, evaluator) = (reader.layer, reader.shape, reader, nil)
      return
    }
    // Probabilities saturate: the score before them is what a class is told by.
    let scores = network.scoreLayer
    let linear = try network.replacingFinalActivations()
    let program = try Program(
      linear, inputShapes: input.shapes(count: 1), taps: [id],
      options: .init(differentiatedInputs: [], arithmetic: .plain, memoryLimit: memoryLimit))
    evaluator = try ObjectiveEvaluator(
      linear, ActivationMaximization(layer: scores, units: [unit]), height: height, width: width,
      count: batch, gradientsAt: [id], heldInputs: heldInputs, memoryLimit: memoryLimit)
    (layer, shape, reader) = (program.taps[0].layer, program.taps[0].shape, nil)
  }

  var isAttributed: Bool { evaluator != nil }

  /// Pictures as the network takes them: refuses what it does not.
  func numbers(of pictures: Tensor) throws(VisualizationError) -> Tensor {
    try input.numbers(of: pictures)
  }

  /// A picture in the network's channels, so that grey ones and others make one batch.
  func inChannels(_ picture: Tensor) -> Tensor {
    let channels = input.form.channels
    guard picture.rank == 4, picture.shape[3] == 1, channels > 1 else { return picture }
    return Tensor(
      shape: picture.shape.dropLast() + [channels],
      elements: picture.elements.flatMap { repeatElement($0, count: channels) })
  }

  /// The activations of a batch at most, and the class' gradients.
  func read(_ pictures: [Tensor]) throws(VisualizationError) -> (Tensor, gradients: Tensor?) {
    guard let evaluator else {
      guard let reader else { preconditionFailure("a source reads or evaluates") }
      return (try reader.activations(of: try Tensor(stacking: pictures)), nil)
    }
    let filled = (0..<batch).map { pictures[min($0, pictures.count - 1)] }
    let evaluation = try evaluator.evaluate(at: try Tensor(stacking: filled)).layers[0]
    return (evaluation.activations, evaluation.gradient)
  }
}
