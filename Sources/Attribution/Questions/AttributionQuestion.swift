public import FeatureVisualization

/// One picture and the objective that is asked about it.
///
/// It compiles the network for what methods ask, keeps what it compiled, and shares it with the questions about other pictures
/// of the same call. It is not `Sendable`: two tasks take two.
public final class AttributionQuestion {
  /// The network.
  public let network: NeuralNetwork
  /// What is asked about, of this one picture; priors do not count.
  public let objective: Objective
  /// The picture as it was given, `[1, H, W, C]`, 0…1; a signal has one row.
  public let picture: Tensor
  /// The layer that the caller named for class activation maps; `nil` where it is to be found.
  public let layer: LayerID?
  /// Fixes every random draw. The pictures of a call have the same, so that each map is what it would be alone.
  public let seed: UInt64
  /// Constant values of the network's other inputs for this picture, by name.
  public let heldInputs: [String: Tensor]
  /// How gradients pass activations, unless the method has a way of its own.
  public let backpropModifier: (any BackpropModifier)?

  let compiled: CompiledObjectives

  /// A question about one picture.
  ///
  /// - Parameters:
  ///   - picture: `[1, H, W, C]`, 0…1, or as `NeuralNetwork.evaluate` takes it. One of another size than the network declares is
  ///     resized to it bilinearly; gradients and maps are those of the picture given.
  ///   - layer: the layer of class activation maps; found unless given.
  ///   - seed: fixes every random draw.
  ///   - backpropModifier: how gradients pass activations, unless a method has a way of its own.
  ///   - heldInputs: constant values of the network's other inputs, channels last.
  ///   - batchSize: the most pictures that go through the network at once.
  ///   - memoryLimit: the bytes that runs may take; half of those that the system lets the process have unless given.
  /// - Throws: `VisualizationError` for a picture that the network does not take, or several.
  public convenience init(
    _ network: NeuralNetwork, _ objective: some ObjectiveConvertible, at picture: Tensor,
    layer: LayerID? = nil, seed: UInt64 = 0, backpropModifier: (any BackpropModifier)? = nil,
    heldInputs: [String: Tensor] = [:], batchSize: Int = 8, memoryLimit: Int? = nil
  ) throws(VisualizationError) {
    let pictures = try network.wholePictures(picture, heldInputs: heldInputs)
    guard pictures.pictureCount == 1 else {
      throw .invalidArgument("picture", "a question is about one picture, not \(pictures.shape)")
    }
    let compiled = try CompiledObjectives(
      network, objective.objective, heldInputs, batchSize: batchSize, memoryLimit: memoryLimit)
    self.init(compiled, pictures, layer, seed, backpropModifier)
  }

  init(
    _ compiled: CompiledObjectives, _ picture: Tensor, _ layer: LayerID?, _ seed: UInt64,
    _ backpropModifier: (any BackpropModifier)?
  ) {
    (network, objective, heldInputs) = (compiled.network, compiled.objective, compiled.heldInputs)
    (self.picture, self.layer, self.seed) = (picture, layer, seed)
    self.backpropModifier = backpropModifier
    self.compiled = compiled
  }

  /// The objective at pictures.
  ///
  /// - Parameter pictures: `[M, H, W, C]` like the question's, any number of them, also with pixels outside 0…1.
  /// - Throws: `VisualizationError` for pictures of another shape, and pixels that are not finite.
  public func values(at pictures: Tensor) throws(VisualizationError) -> [Float] {
    try values(count: pictures.pictureCount) { pictures.picture($0) }
  }

  /// The objective at pictures that are made when their turn comes.
  ///
  /// - Parameters:
  ///   - count: the number of pictures.
  ///   - sample: makes picture `index`, `[1, H, W, C]` like the question's. It is asked in order.
  /// - Throws: `VisualizationError` for pictures of another shape, and pixels that are not finite.
  /// - Complexity: memory for a batch of pictures, however many there are.
  public func values(
    count: Int, sample: (_ index: Int) throws(VisualizationError) -> Tensor
  ) throws(VisualizationError) -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(count)
    try forEachBatch(of: count, [], backpropModifier, sample) {
      batch, evaluator, filled throws(VisualizationError) in
      values += try evaluator.values(at: batch).prefix(filled)
    }
    return values
  }

  /// The objective at pictures, its gradients, and layers with theirs.
  ///
  /// - Parameters:
  ///   - pictures: `[M, H, W, C]` like the question's, also with pixels outside 0…1.
  ///   - layers: those whose activations and gradients are answered.
  /// - Throws: `VisualizationError` for pictures of another shape, and pixels that are not finite.
  /// - Complexity: memory for all the results; `forEachEvaluation` hands them out batch by batch.
  public func evaluate(
    at pictures: Tensor, gradientsAt layers: [LayerID] = []
  ) throws(VisualizationError) -> ObjectiveEvaluation {
    try evaluateModified(at: pictures, gradientsAt: layers, by: backpropModifier)
  }

  /// The same with gradients that pass activations by another rule than the question's.
  ///
  /// - Parameter modifier: the rule; `nil` for ordinary gradients.
  /// - Throws: `VisualizationError` for pictures of another shape, and pixels that are not finite.
  public func evaluateModified(
    at pictures: Tensor, gradientsAt layers: [LayerID] = [], by modifier: (any BackpropModifier)?
  ) throws(VisualizationError) -> ObjectiveEvaluation {
    var batches: [ObjectiveEvaluation] = []
    try forEachEvaluation(
      count: pictures.pictureCount, gradientsAt: layers, by: modifier,
      sample: { pictures.picture($0) }, { batches.append($0) })
    return try .joining(batches, layerCount: layers.count)
  }

  /// Evaluates pictures that are made when their turn comes, and hands out the results batch by batch.
  ///
  /// - Parameters:
  ///   - count: the number of pictures.
  ///   - layers: those whose activations and gradients are answered.
  ///   - modifier: how gradients pass activations; `nil` for ordinary gradients.
  ///   - sample: makes picture `index`, `[1, H, W, C]` like the question's. It is asked in order.
  ///   - body: takes the results, in order.
  /// - Throws: `VisualizationError` for pictures of another shape, and pixels that are not finite.
  /// - Complexity: memory for a batch, however many pictures there are.
  public func forEachEvaluation(
    count: Int, gradientsAt layers: [LayerID] = [], by modifier: (any BackpropModifier)?,
    sample: (_ index: Int) throws(VisualizationError) -> Tensor,
    _ body: (_ batch: ObjectiveEvaluation) throws(VisualizationError) -> Void
  ) throws(VisualizationError) {
    try forEachBatch(of: count, layers, modifier, sample) {
      batch, evaluator, filled throws(VisualizationError) in
      try body(try evaluator.evaluate(at: batch).first(filled))
    }
  }

  /// Makes pictures in batches, the last filled up with copies, and finds what they are evaluated by.
  private func forEachBatch(
    of count: Int, _ layers: [LayerID], _ modifier: (any BackpropModifier)?,
    _ sample: (Int) throws(VisualizationError) -> Tensor,
    _ body: (Tensor, ObjectiveEvaluator, _ filled: Int) throws(VisualizationError) -> Void
  ) throws(VisualizationError) {
    var done = 0
    while done < count {
      let evaluator = try compiled.evaluator(
        of: count, height: picture.shape[1], width: picture.shape[2],
        gradientsAt: layers, modifier: modifier)
      var samples: [Tensor] = []
      for index in done..<min(done + evaluator.pictureCount, count) {
        samples.append(try checked(try sample(index)))
      }
      let filled = samples.count
      while samples.count < evaluator.pictureCount { samples.append(samples[filled - 1]) }
      try body(try Tensor(stacking: samples), evaluator, filled)
      done += filled
    }
  }

  private func checked(_ sample: Tensor) throws(VisualizationError) -> Tensor {
    guard sample.shape == picture.shape else {
      throw .invalidArgument("pictures", "shape \(sample.shape) is not \(picture.shape)")
    }
    return sample
  }
}
