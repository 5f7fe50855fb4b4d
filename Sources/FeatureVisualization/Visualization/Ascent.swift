/// The optimization of a batch of pictures: one object per run.
///
/// Per step: decode, transform, forward, losses, pullback, adjoint transformations, gradient modifier,
/// regularizers, pullback through the parameterization, normalisation, optimizer, changes after the step.
final class Ascent {
  /// What becomes of one picture, independent of the others.
  private struct Candidate {
    var parameters: [Float]
    var optimizer: any OptimizerState
    var generator: SeededGenerator
    var chain = TransformationChain()
    var picture: [Float]
    /// The best parameters and their objective so far, where the clean objective is known.
    var best: (parameters: [Float], objective: Float)?
    /// The last parameters for which everything was finite.
    var finite: [Float]
    var isStopped = false
    var isWarned = false
  }

  private let recipe: Preset
  private let sum: LossSum
  private let decoder: any PictureDecoder
  private let feed: PictureFeed
  private let pictures: PictureTensors
  private let mapping: PixelMapping?
  private var candidates: [Candidate]
  private var gradients: [[Float]]
  private var parameterGradient: [Float]
  private var networkGradient: [Float]
  private var transformed: [Float]
  private(set) var history: [IterationRecord] = []
  private(set) var warnings: [VisualizationWarning] = []

  /// Whether the network sees pictures as they are, so that each step's objective is a clean one.
  private let isClean: Bool

  init(
    recipe: Preset, sum: LossSum, decoder: any PictureDecoder, feed: PictureFeed,
    specification: InputSpecification, seeds: [UInt64], start: [[Float]]?
  ) {
    self.recipe = recipe
    self.sum = sum
    self.decoder = decoder
    self.feed = feed
    let size = feed.size
    pictures = PictureTensors(
      shape: [feed.count, size.height, size.width, size.channels], specification: specification)
    mapping = recipe.parameterization.pixelSpace?.mapping(specification)
    candidates = seeds.enumerated().map { index, seed in
      var generator = SeededGenerator(seed: seed)
      let parameters = start?[index] ?? decoder.initialParameters(using: &generator)
      return Candidate(
        parameters: parameters,
        optimizer: recipe.optimizer.start(parameterCount: decoder.parameterCount),
        generator: generator, picture: Array(repeating: 0, count: size.count), finite: parameters)
    }
    gradients = Array(repeating: Array(repeating: 0, count: size.count), count: feed.count)
    parameterGradient = Array(repeating: 0, count: decoder.parameterCount)
    networkGradient = Array(repeating: 0, count: size.count)
    transformed = networkGradient
    // A modifier that never transforms draws nothing, whatever the generator.
    var probe = SeededGenerator(seed: 0)
    isClean = recipe.inputModifiers.allSatisfy {
      !$0.isRandom && $0.draw(for: size, using: &probe) == nil
    }
  }

  // MARK: A step

  /// Takes one step and records its losses.
  func step(_ iteration: Int) -> IterationRecord {
    decodeAll()
    for index in candidates.indices { transformAndFeed(index) }
    let (values, objectives) = differentiateObjective()
    for index in candidates.indices { pullBackThroughTransformations(index) }
    pictures.drainGradients(into: &gradients)
    var objectiveGradients: [[Float]] = []
    for index in candidates.indices {
      checkGradient(index, iteration)
      modifyGradient(index)
      checkGradient(index, iteration)
      if needsObjectiveGradient { objectiveGradients.append(objectiveGradient(index)) }
    }
    let regularizers = sum.evaluate(regularizers: true, feed.workspace, pictures: pictures)
    pictures.drainGradients(into: &gradients)
    let all = values.merging(regularizers) { first, _ in first }
    for index in candidates.indices {
      keepBest(index, objectives[index])
      advance(
        index, iteration, objective: objectives[index],
        isFinite: all.values.allSatisfy { $0[index].isFinite },
        objectiveGradient: needsObjectiveGradient ? objectiveGradients[index] : [])
    }
    let record = IterationRecord(
      iteration: iteration,
      losses: sum.terms.enumerated().map { position, term in
        .init(name: term.name, weight: term.weighted.weight, values: all[position] ?? [])
      }, objectives: objectives)
    history.append(record)
    return record
  }

  private func decodeAll() {
    for index in candidates.indices {
      var picture = exchange(&candidates[index].picture, with: [])
      var span = picture.mutableSpan
      decoder.decode(candidates[index].parameters.span, into: &span)
      candidates[index].picture = picture
    }
    if sum.looksAtPicture { pictures.update(candidates.map(\.picture)) }
  }

  private func transformAndFeed(_ index: Int) {
    let size = feed.size
    let picture = candidates[index].picture
    var span = transformed.mutableSpan
    var generator = candidates[index].generator
    candidates[index].chain.apply(
      recipe.inputModifiers, to: picture.span, size, target: size, using: &generator, into: &span)
    candidates[index].generator = generator
    feed.feed(transformed, index: index)
  }

  private func differentiateObjective() -> (values: [Int: [Float]], objectives: [Float]) {
    feed.workspace.forward()
    feed.workspace.clearTapGradients()
    let values = sum.evaluate(regularizers: false, feed.workspace, pictures: pictures)
    feed.workspace.pullback()
    return (values, objectives(values))
  }

  private func objectives(_ values: [Int: [Float]]) -> [Float] {
    candidates.indices.map { index in
      values.sorted { $0.key < $1.key }
        .reduce(Float(0)) { $0 - sum.terms[$1.key].weighted.weight * $1.value[index] }
    }
  }

  private func pullBackThroughTransformations(_ index: Int) {
    feed.readGradient(&networkGradient, index: index)
    var gradient = exchange(&gradients[index], with: [])
    var span = gradient.mutableSpan
    candidates[index].chain.pullback(networkGradient.span, into: &span)
    gradients[index] = gradient
  }

  /// Gradients are of the loss; a modifier sees the objective's, which is minus that.
  private func modifyGradient(_ index: Int) {
    guard let modifier = recipe.gradModifier else { return }
    var gradient = exchange(&gradients[index], with: [])
    var span = gradient.mutableSpan
    Elements.scale(&span, by: -1)
    modifier.modify(&span, size: feed.size)
    Elements.scale(&span, by: -1)
    gradients[index] = gradient
  }

  private func checkGradient(_ index: Int, _ iteration: Int) {
    guard !candidates[index].isWarned, !candidates[index].isStopped,
      gradients[index].allSatisfy({ $0 == 0 })
    else { return }
    candidates[index].isWarned = true
    warnings.append(.zeroGradient(picture: index, iteration: iteration))
  }

  private var needsObjectiveGradient: Bool {
    recipe.inputModifiers.contains { $0.changesPictureAfterStep }
  }

  /// The objective's gradient in the scale of the parameters, which are pixels here.
  private func objectiveGradient(_ index: Int) -> [Float] {
    guard let mapping else { return [] }
    var result = gradients[index]
    mapping.pullBackInverse(gradients[index], &result, count: result.count, factor: -1)
    return result
  }

  private func keepBest(_ index: Int, _ objective: Float) {
    guard isClean, objective.isFinite, !candidates[index].isStopped else { return }
    let sign: Float = recipe.gradModifier?.reversesObjective == true ? -1 : 1
    if let best = candidates[index].best, sign * objective <= sign * best.objective { return }
    var parameters = candidates[index].best?.parameters ?? candidates[index].parameters
    candidates[index].best = nil
    var span = parameters.mutableSpan
    Elements.copy(candidates[index].parameters.span, into: &span)
    candidates[index].best = (parameters, objective)
  }

  private func advance(
    _ index: Int, _ iteration: Int, objective: Float, isFinite: Bool, objectiveGradient: [Float]
  ) {
    guard !candidates[index].isStopped else { return }
    var gradient = parameterGradient.mutableSpan
    let (pictureGradient, picture) = (gradients[index], candidates[index].picture)
    decoder.pullback(pictureGradient.span, at: picture.span, into: &gradient)
    let squares = Elements.sumOfSquares(gradient.span)
    guard isFinite, squares.isFinite else {
      stop(index, iteration)
      return
    }
    var parameters = exchange(&candidates[index].parameters, with: [])
    var finite = candidates[index].finite.mutableSpan
    Elements.copy(parameters.span, into: &finite)
    if recipe.normalizesGradient {
      Elements.scale(&gradient, by: Float(1 / max(squares, 1e-12).squareRoot()))
    }
    var span = parameters.mutableSpan
    candidates[index].optimizer.step(&span, gradient: gradient.span, objective: objective)
    let step = CompletedStep(
      iteration: iteration, iterationCount: recipe.iterations, size: feed.size,
      gradient: objectiveGradient)
    for modifier in recipe.inputModifiers.reversed() where modifier.changesPictureAfterStep {
      modifier.afterStep(&span, step)
    }
    if recipe.parameterization.keepsRange, let mapping {
      span.withUnsafeMutableBufferPointer { pixels in
        if let base = pixels.baseAddress { mapping.clamp(base, count: pixels.count) }
      }
    }
    let stepIsFinite = Elements.areFinite(span.span)
    candidates[index].parameters = parameters
    if !stepIsFinite { stop(index, iteration) }
  }

  /// Goes back to where everything was finite, for good.
  private func stop(_ index: Int, _ iteration: Int) {
    candidates[index].isStopped = true
    candidates[index].parameters = candidates[index].finite
    warnings.append(.notFinite(picture: index, iteration: iteration))
  }

  // MARK: The end

  /// The parameters to return, and the clean objective of the pictures they decode to.
  func finish() -> (parameters: [[Float]], pictures: [[Float]], objectives: [Float]) {
    decodeAll()
    let last = cleanObjectives(candidates.map(\.picture))
    for index in candidates.indices {
      keepBest(index, last[index])
      if !last[index].isFinite { candidates[index].parameters = candidates[index].finite }
      if let best = candidates[index].best { candidates[index].parameters = best.parameters }
    }
    decodeAll()
    let pictures = candidates.map(\.picture)
    return (candidates.map(\.parameters), pictures, cleanObjectives(pictures))
  }

  /// The objective of pictures that the network sees as they are.
  func cleanObjectives(_ pictures: [[Float]]) -> [Float] {
    self.pictures.update(pictures)
    for (index, picture) in pictures.enumerated() { feed.feed(picture, index: index) }
    feed.workspace.forward()
    feed.workspace.clearTapGradients()
    return objectives(sum.evaluate(regularizers: false, feed.workspace, pictures: self.pictures))
  }
}
