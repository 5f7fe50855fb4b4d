import FeatureVisualization

/// Where a sampler's activations come from, and the gradients of a class where one is asked for.
struct SampleSource {
  /// The layer as the network calls it.
  let layer: String
  /// Its output's shape for one picture.
  let shape: [Int]
  private let batch: Int
  private let reader: ActivationReader
  private let evaluator: ObjectiveEvaluator?

  init(
    _ network: NeuralNetwork, layer id: LayerID, unit: UnitID?, height: Int?, width: Int?,
    batch: Int, heldInputs: [String: Tensor], memoryLimit: Int?
  ) throws(VisualizationError) {
    self.batch = batch
    guard let unit else {
      reader = try ActivationReader(
        network, layer: id, height: height, width: width, batch: batch, heldInputs: heldInputs,
        memoryLimit: memoryLimit)
      (layer, shape, evaluator) = (reader.layer, reader.shape, nil)
      return
    }
    // Probabilities saturate: the score before them is what a class is told by.
    let scores = network.scoreLayer
    let linear = try network.replacingFinalActivations()
    reader = try ActivationReader(
      linear, layer: id, height: height, width: width, heldInputs: heldInputs,
      memoryLimit: memoryLimit)
    evaluator = try ObjectiveEvaluator(
      linear, ActivationMaximization(layer: scores, units: [unit]), height: reader.size.height,
      width: reader.size.width, count: batch, gradientsAt: [id], heldInputs: heldInputs,
      memoryLimit: memoryLimit)
    (layer, shape) = (reader.layer, reader.shape)
  }

  var isAttributed: Bool { evaluator != nil }

  /// Refuses pictures that the network does not take.
  func validate(_ pictures: Tensor) throws(VisualizationError) { try reader.validate(pictures) }

  /// A picture in the network's channels, so that grey ones and others make one batch.
  func inChannels(_ picture: Tensor) -> Tensor {
    let channels = reader.size.channels
    guard picture.rank == 4, picture.shape[3] == 1, channels > 1 else { return picture }
    return Tensor(
      shape: picture.shape.dropLast() + [channels],
      elements: picture.elements.flatMap { repeatElement($0, count: channels) })
  }

  /// The activations of a batch at most, and the class' gradients.
  func read(_ pictures: [Tensor]) throws(VisualizationError) -> (Tensor, gradients: Tensor?) {
    guard let evaluator else {
      return (try reader.activations(of: try Tensor(stacking: pictures)), nil)
    }
    let filled = (0..<batch).map { pictures[min($0, pictures.count - 1)] }
    let evaluation = try evaluator.evaluate(at: try Tensor(stacking: filled)).layers[0]
    return (evaluation.activations, evaluation.gradient)
  }
}
