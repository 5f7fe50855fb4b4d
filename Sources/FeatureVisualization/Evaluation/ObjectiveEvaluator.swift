/// An objective compiled for a network and a size of pictures: it answers values and gradients at given pictures.
///
/// Attribution, scoring and checks of gradients take a few lines with it:
///
///     let evaluator = try ObjectiveEvaluator(
///       network, ActivationMaximization(layer: "fc8", units: [130]), height: 227, width: 227)
///     let saliency = try evaluator.evaluate(at: photo).gradient
///
/// Priors are left out of values and gradients alike; `asObjective` makes them count.
///
/// It holds the memory of a run and is not `Sendable`: two tasks take two.
public final class ObjectiveEvaluator {
  /// The pictures that it takes at once.
  public let pictureCount: Int
  /// The size of the pictures that it takes.
  public let size: PictureSize

  private let sum: TermSum
  private let scorer: PictureScorer
  private let moment: Moment
  private let input: PictureInput
  /// The layers whose gradients are answered, and the first of their taps.
  private let layers: [LayerID]
  private let firstLayerTap: Int
  private let beyondRange: Bool
  /// The size of the pictures as the network sees them.
  private let seenSize: PictureSize

  /// The bytes that its runs take, but for the network's own weights.
  public var memory: Int {
    scorer.rows.memory.addingClamped(MemoryBudget.ofPictures(pictureCount, size))
  }

  /// Compiles the part of the network that the objective looks at.
  ///
  /// - Parameters:
  ///   - height: the height of the pictures, or the length of signals; what the network declares unless given. Pictures of another size than a
  ///     network declares are resized to it bilinearly, and gradients are those of the pictures given.
  ///   - width: the width of the pictures.
  ///   - count: the pictures at once.
  ///   - layers: those whose activations and gradients are answered, too.
  ///   - backpropModifier: how gradients pass activations.
  ///   - heldInputs: constant values of the network's other inputs, channels last: one for all pictures or one for each.
  ///   - beyondRange: whether pixels may lie outside 0…1, as those of noisy copies of a picture do.
  ///   - moment: the step whose weights count, where they change from step to step.
  ///   - memoryLimit: the bytes that a run may take; half of those that the system lets the process have unless given.
  /// - Throws: `VisualizationError` where the network or a loss cannot take such pictures.
  public init(
    _ network: NeuralNetwork, _ objective: some ObjectiveConvertible, height: Int? = nil,
    width: Int? = nil, count: Int = 1, gradientsAt layers: [LayerID] = [],
    backpropModifier: (any BackpropModifier)? = nil, heldInputs: [String: Tensor] = [:],
    beyondRange: Bool = false, at moment: Moment = Moment(iteration: 0, of: 1),
    arithmetic: Program.Arithmetic = .fast, memoryLimit: Int? = nil
  ) throws(VisualizationError) {
    guard count > 0 else { throw .invalidArgument("count", "\(count) is not positive") }
    let input = try PictureInput(of: network, heldInputs: heldInputs, pictureCount: count)
    let size = try input.form.size(height: height, width: width)
    let seenSize = input.form.declaredSize ?? size
    let sum = try TermSum(objective.objective, in: network)
    let budget = MemoryBudget(memoryLimit).less(MemoryBudget.ofPictures(count, size))
    let pictures = Array(0..<count)
    let inputs = [SizedInput(input: input, size: size, seenSize: seenSize, fit: .resizing)]
    // Pictures are given: there is nothing that they were decoded from.
    scorer = PictureScorer(
      sum, inputs,
      rows: try inputs.makeRows(
        network, sum, pictures: pictures, retained: layers, backpropModifier: backpropModifier,
        arithmetic: arithmetic, memory: budget),
      pictureTerms: try PictureBatch(inputs, pictures, sum: sum))
    self.sum = sum
    self.size = size
    self.moment = moment
    pictureCount = count
    self.layers = layers
    firstLayerTap = sum.taps.count
    self.input = input
    self.beyondRange = beyondRange
    self.seenSize = seenSize
  }

  /// The objective, priors left out, of each picture.
  ///
  /// - Parameter pictures: `[count, H, W, C]`, 0…1, or as `NeuralNetwork.evaluate` takes them.
  /// - Throws: `VisualizationError` for pictures of another shape or range.
  public func values(at pictures: Tensor) throws(VisualizationError) -> [Float] {
    let given = try input.given(pictures, "pictures", beyondRange: beyondRange)
    let split = try split(given.pictures)
    return values(try scorer.values([split], parameters: [split.map { _ in [] }], at: moment))
  }

  /// The objective, priors left out, of each picture as transformations show it that are drawn for it anew.
  ///
  ///     let scores = try (0..<32).map { _ in
  ///       try evaluator.values(at: picture, transformedBy: preset.inputModifiers, using: &generator)[0]
  ///     }
  ///
  /// A picture that only scores as it is, and not under other draws of what it was drawn under, is an adversary's.
  ///
  /// - Parameters:
  ///   - pictures: `[count, H, W, C]`, 0…1, or as `NeuralNetwork.evaluate` takes them.
  ///   - modifiers: what is drawn, one after the other; what they leave is resized to what the network sees.
  ///   - generator: what draws.
  /// - Throws: `VisualizationError` for pictures of another shape or range, and modifiers that cannot take them.
  public func values(
    at pictures: Tensor, transformedBy modifiers: [any InputModifier],
    using generator: inout SeededGenerator
  ) throws(VisualizationError) -> [Float] {
    try modifiers.validate(size, seenAs: seenSize, at: moment)
    let given = try input.given(pictures, "pictures", beyondRange: beyondRange)
    let split = try split(given.pictures)
    return values(
      try scorer.values(
        [split], parameters: [split.map { _ in [] }], transformedBy: modifiers, at: moment,
        using: &generator))
  }

  /// The objective, priors left out, of each picture and its gradient.
  ///
  /// - Parameter pictures: `[count, H, W, C]`, 0…1, or as `NeuralNetwork.evaluate` takes them.
  /// - Throws: `VisualizationError` for pictures of another shape or range.
  public func evaluate(at pictures: Tensor) throws(VisualizationError) -> ObjectiveEvaluation {
    let given = try input.given(pictures, "pictures", beyondRange: beyondRange)
    let split = try split(given.pictures)
    let found = try scorer.values([split], parameters: [split.map { _ in [] }], at: moment)
    let workspace = scorer.rows.feed.workspace
    // The pullback spends them.
    let activations = layers.indices.map { workspace.tap(firstLayerTap + $0) }
    let gradients = scorer.gradients(split, at: moment)
    return ObjectiveEvaluation(
      values: values(found),
      gradient: given.gradient(gradients),
      layers: layers.indices.map {
        .init(activations: activations[$0], gradient: workspace.retainedGradient($0))
      })
  }

  private func values(_ found: [[Float]]) -> [Float] {
    (0..<pictureCount).map { sum.sum(found, $0, .objective, at: moment) }
  }

  private func split(_ pictures: Tensor) throws(VisualizationError) -> [[Float]] {
    let shape = [pictureCount, size.height, size.width, size.channels]
    guard pictures.shape == shape else {
      throw .invalidArgument("pictures", "shape \(pictures.shape) is not \(shape)")
    }
    return pictures.mapPictures { $0.withUnsafeBufferPointer { Array($0) } }
  }
}

/// What an objective is worth at pictures, and what would raise it.
public struct ObjectiveEvaluation: Sendable {
  /// The objective of each picture.
  public let values: [Float]
  /// `∂objective/∂picture`, in the shape in which the pictures were given: `[N, H, W, C]`.
  public let gradient: Tensor
  /// The layers asked for, in the same order.
  public let layers: [Layer]

  package init(values: [Float], gradient: Tensor, layers: [Layer]) {
    (self.values, self.gradient, self.layers) = (values, gradient, layers)
  }

  /// What is known of a layer.
  public struct Layer: Sendable {
    /// Its output, feature maps as `[N, H, W, C]`.
    public let activations: Tensor
    /// `∂objective/∂output`, over all ways from the layer to the objective.
    public let gradient: Tensor

    package init(activations: Tensor, gradient: Tensor) {
      (self.activations, self.gradient) = (activations, gradient)
    }
  }
}
