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
    var progress = StoppingCriterion.Memory()
    /// The iteration at which the picture was done.
    var convergedAt: Int?
  }

  private let recipe: Preset
  private let decoder: any PictureDecoder
  private let specification: InputSpecification
  /// All pictures.
  private let whole: PictureBatch
  /// The pictures that still change, and maybe some that do not.
  private var batch: PictureBatch
  /// A feed for fewer pictures; `nil` where the batch must stay whole.
  private let makeFeed: ((_ count: Int) -> PictureFeed?)?
  /// The last values of each loss, one per picture.
  private var values: [[Float]]
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
    specification: InputSpecification, seeds: [UInt64], start: [[Float]]?,
    makeFeed: ((_ count: Int) -> PictureFeed?)? = nil
  ) {
    self.recipe = recipe
    self.decoder = decoder
    self.specification = specification
    self.makeFeed = makeFeed
    let size = feed.size
    whole = PictureBatch(
      Array(seeds.indices), sum: sum, feed: feed, specification: specification)
    batch = whole
    values = sum.terms.map { _ in Array(repeating: 0, count: seeds.count) }
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
    decode(batch)
    for (slot, index) in batch.indices.enumerated() { transformAndFeed(index, slot) }
    differentiateObjective()
    for (slot, index) in batch.indices.enumerated() {
      pullBackThroughTransformations(index, slot)
    }
    batch.pictures.drainGradients(into: &gradients, at: batch.indices)
    var objectiveGradients: [Int: [Float]] = [:]
    for index in batch.indices {
      checkGradient(index, iteration)
      modifyGradient(index)
      checkGradient(index, iteration)
      if needsObjectiveGradient { objectiveGradients[index] = objectiveGradient(index) }
    }
    batch.evaluate(regularizers: true, updating: &values)
    batch.pictures.drainGradients(into: &gradients, at: batch.indices)
    let objectives = objectives(values)
    for index in batch.indices {
      keepBest(index, objectives[index])
      advance(
        index, iteration, objective: objectives[index],
        objectiveGradient: objectiveGradients[index] ?? [])
    }
    let record = IterationRecord(
      iteration: iteration,
      losses: whole.sum.terms.enumerated().map { position, term in
        .init(name: term.name, weight: term.weighted.weight, values: values[position])
      }, objectives: objectives)
    history.append(record)
    leaveBatch()
    return record
  }

  /// Whether no picture changes any more.
  var isDone: Bool { recipe.stopping != nil && candidates.allSatisfy(\.isStopped) }

  /// The iteration at which each picture was done.
  var convergedAt: [Int?] { candidates.map(\.convergedAt) }

  /// Goes on with the pictures that still change, where they are so much fewer that it pays to compile anew.
  private func leaveBatch() {
    let changing = batch.indices.filter { !candidates[$0].isStopped }
    guard !changing.isEmpty, 4 * changing.count <= 3 * batch.indices.count,
      let sum = whole.sum.selecting(changing), let feed = makeFeed?(changing.count)
    else { return }
    batch = PictureBatch(changing, sum: sum, feed: feed, specification: specification)
  }

  private func decode(_ batch: PictureBatch) {
    for index in batch.indices {
      var picture = exchange(&candidates[index].picture, with: [])
      var span = picture.mutableSpan
      decoder.decode(candidates[index].parameters.span, into: &span)
      candidates[index].picture = picture
    }
    if batch.sum.looksAtPicture {
      batch.pictures.update(batch.indices.map { candidates[$0].picture })
    }
  }

  private func transformAndFeed(_ index: Int, _ slot: Int) {
    let size = batch.feed.size
    let picture = candidates[index].picture
    var span = transformed.mutableSpan
    var generator = candidates[index].generator
    candidates[index].chain.apply(
      recipe.inputModifiers, to: picture.span, size, target: size, using: &generator, into: &span)
    candidates[index].generator = generator
    batch.feed.feed(transformed, index: slot)
  }

  private func differentiateObjective() {
    batch.feed.workspace.forward()
    batch.feed.workspace.clearTapGradients()
    batch.evaluate(regularizers: false, updating: &values)
    batch.feed.workspace.pullback()
  }

  private func objectives(_ values: [[Float]]) -> [Float] {
    candidates.indices.map { -weightedSum(values, $0, regularizers: false) }
  }

  /// The sum of a picture's losses that are regularizers, or of those that are not.
  private func weightedSum(_ values: [[Float]], _ index: Int, regularizers: Bool) -> Float {
    var sum: Float = 0
    for (term, values) in zip(whole.sum.terms, values)
    where (term.weighted.loss is any Regularizer) == regularizers {
      sum += term.weighted.weight * values[index]
    }
    return sum
  }

  private func pullBackThroughTransformations(_ index: Int, _ slot: Int) {
    batch.feed.readGradient(&networkGradient, index: slot)
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
    modifier.modify(&span, size: whole.feed.size)
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
    if let best = candidates[index].best, sign * objective <= sign * best.objective { return }
    var parameters = candidates[index].best?.parameters ?? candidates[index].parameters
    candidates[index].best = nil
    var span = parameters.mutableSpan
    Elements.copy(candidates[index].parameters.span, into: &span)
    candidates[index].best = (parameters, objective)
  }

  /// −1 where a lower objective is the better one.
  private var sign: Float { recipe.gradModifier?.reversesObjective == true ? -1 : 1 }

  /// Whether the recipe's criterion holds for a picture, which is done then.
  private func isConverged(_ index: Int, _ iteration: Int, objective: Float) -> Bool {
    guard let criterion = recipe.stopping else { return false }
    let sum = sign * objective - weightedSum(values, index, regularizers: true)
    guard candidates[index].progress.isReached(criterion, sum, at: iteration) else { return false }
    candidates[index].isStopped = true
    candidates[index].convergedAt = iteration
    return true
  }

  private func advance(
    _ index: Int, _ iteration: Int, objective: Float, objectiveGradient: [Float]
  ) {
    guard !candidates[index].isStopped else { return }
    let isFinite = values.allSatisfy { $0[index].isFinite }
    if isFinite, isConverged(index, iteration, objective: objective) { return }
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
      iteration: iteration, iterationCount: recipe.iterations, size: whole.feed.size,
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
    decode(whole)
    let last = cleanObjectives(candidates.map(\.picture))
    for index in candidates.indices {
      keepBest(index, last[index])
      if !last[index].isFinite { candidates[index].parameters = candidates[index].finite }
      if let best = candidates[index].best { candidates[index].parameters = best.parameters }
    }
    decode(whole)
    let pictures = candidates.map(\.picture)
    return (candidates.map(\.parameters), pictures, cleanObjectives(pictures))
  }

  /// The objective of pictures that the network sees as they are.
  func cleanObjectives(_ pictures: [[Float]]) -> [Float] {
    whole.pictures.update(pictures)
    for (index, picture) in pictures.enumerated() { whole.feed.feed(picture, index: index) }
    whole.feed.workspace.forward()
    whole.feed.workspace.clearTapGradients()
    var values = values
    whole.evaluate(regularizers: false, updating: &values)
    return objectives(values)
  }
}
