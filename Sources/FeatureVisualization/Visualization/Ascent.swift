/// The optimization of a batch of pictures: one object per run.
///
/// Per step: decode, transform, forward, losses, pullback, adjoint transformations, gradient modifier,
/// regularizers, pullback through the parameterization, normalisation, optimizer, changes after the step.
/// Gradients are those of what is raised: the objective, less the regularizers.
final class Ascent {
  let recipe: Preset
  private let decoder: any PictureDecoder
  private let specification: InputSpecification
  /// All pictures.
  let whole: PictureBatch
  /// The pictures that still change, and maybe some that do not.
  private var batch: PictureBatch
  /// A feed for fewer pictures; `nil` where the batch must stay whole.
  private let makeFeed: ((_ count: Int) -> PictureFeed?)?
  /// The last values of each loss, one per picture.
  private var values: [[Float]]
  private let mapping: PixelMapping?
  var candidates: [Candidate]
  private var gradients: [[Float]]
  private var parameterGradient: [Float]
  private var networkGradient: [Float]
  private var transformed: [Float]
  private(set) var history: [IterationRecord] = []
  var warnings: [VisualizationWarning] = []

  /// Whether the network sees pictures as they are, so that each step's objective is a clean one.
  let isClean: Bool

  /// - Throws: `VisualizationError.brokenRule` for a decoder that breaks a rule.
  init(
    recipe: Preset, sum: LossSum, decoder: any PictureDecoder, feed: PictureFeed,
    specification: InputSpecification, seeds: [UInt64], start: [[Float]]?,
    makeFeed: ((_ count: Int) -> PictureFeed?)? = nil
  ) throws(VisualizationError) {
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
    try decoder.validateCount()
    candidates = []
    for (index, seed) in seeds.enumerated() {
      var generator = SeededGenerator(seed: seed)
      let parameters = start?[index] ?? decoder.initialParameters(using: &generator)
      if index == 0 || parameters.count != decoder.parameterCount {
        try decoder.validate(parameters, of: recipe.parameterization, size: size)
      }
      candidates.append(
        Candidate(
          parameters: parameters,
          optimizer: recipe.optimizer.start(parameterCount: decoder.parameterCount),
          generator: generator, picture: Array(repeating: 0, count: size.count), finite: parameters)
      )
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
  ///
  /// - Throws: `VisualizationError.brokenRule` where a loss or a transformation breaks a rule.
  func step(_ iteration: Int) throws(VisualizationError) -> IterationRecord {
    decode(batch)
    for (slot, index) in batch.indices.enumerated() { try transformAndFeed(index, slot) }
    try differentiateObjective(iteration)
    var objectiveGradients: [Int: [Float]] = [:]
    for index in batch.indices {
      checkGradient(index, iteration)
      modifyGradient(index)
      checkGradient(index, iteration)
      if needsObjectiveGradient { objectiveGradients[index] = objectiveGradient(index) }
    }
    try differentiateRegularizers()
    let objectives = objectives(values)
    for index in batch.indices {
      if isClean { candidates[index].keep(sum(values, index, objectives[index]), at: iteration) }
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
  var isDone: Bool { candidates.allSatisfy(\.isStopped) }

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

  private func transformAndFeed(_ index: Int, _ slot: Int) throws(VisualizationError) {
    let size = batch.feed.size
    let picture = candidates[index].picture
    var span = transformed.mutableSpan
    var generator = candidates[index].generator
    try candidates[index].chain.apply(
      recipe.inputModifiers, to: picture.span, size, target: size, using: &generator, into: &span)
    candidates[index].generator = generator
    batch.feed.feed(transformed, index: slot)
  }

  /// Writes the gradient of the objective.
  private func differentiateObjective(_ iteration: Int) throws(VisualizationError) {
    let workspace = batch.feed.workspace
    workspace.forward()
    workspace.clearTapGradients()
    try batch.evaluate(regularizers: false, updating: &values)
    if iteration == 0 { warnings += batch.saturationWarnings }
    workspace.pullback()
    for (slot, index) in batch.indices.enumerated() {
      var gradient = exchange(&gradients[index], with: [])
      pullBackThroughTransformations(index, slot, into: &gradient)
      gradients[index] = gradient
    }
    batch.pictures.drainGradients(into: &gradients, at: batch.indices)
  }

  /// Adds what the regularizers have against the picture, a gradient that no modifier of gradients sees.
  private func differentiateRegularizers() throws(VisualizationError) {
    let workspace = batch.feed.workspace
    let regularizesLayers = batch.sum.regularizesLayers
    if regularizesLayers {
      // The pullback before has spent what this one needs.
      workspace.forward()
      workspace.clearTapGradients()
    }
    try batch.evaluate(regularizers: true, updating: &values)
    if regularizesLayers {
      workspace.pullback()
      var share = [Float](repeating: 0, count: batch.feed.size.count)
      for (slot, index) in batch.indices.enumerated() {
        pullBackThroughTransformations(index, slot, into: &share)
        for element in share.indices { gradients[index][element] += share[element] }
      }
    }
    batch.pictures.drainGradients(into: &gradients, at: batch.indices)
  }

  private func pullBackThroughTransformations(
    _ index: Int, _ slot: Int, into gradient: inout [Float]
  ) {
    batch.feed.readGradient(&networkGradient, index: slot)
    var span = gradient.mutableSpan
    let above = networkGradient
    candidates[index].chain.pullback(above.span, into: &span)
  }

  private func modifyGradient(_ index: Int) {
    guard let modifier = recipe.gradModifier else { return }
    var gradient = exchange(&gradients[index], with: [])
    var span = gradient.mutableSpan
    modifier.modify(&span, size: whole.feed.size)
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
    mapping.pullBackInverse(gradients[index], &result, count: result.count)
    return result
  }

  /// Whether the recipe's criterion holds for a picture, which is done then.
  private func isConverged(_ index: Int, _ iteration: Int, objective: Float) -> Bool {
    guard let criterion = recipe.stopping else { return false }
    let sum = sum(values, index, objective)
    guard candidates[index].progress.isReached(criterion, sum, at: iteration) else { return false }
    candidates[index].isStopped = true
    candidates[index].convergedAt = iteration
    return true
  }

  private func advance(
    _ index: Int, _ iteration: Int, objective: Float, objectiveGradient: [Float]
  ) {
    guard !candidates[index].isStopped else { return }
    let failing = zip(whole.sum.terms, values).first { !$1[index].isFinite }
      .map { "\($0.name) is \($1[index].isNaN ? "NaN" : "\($1[index])")" }
    if failing == nil, isConverged(index, iteration, objective: objective) { return }
    var gradient = parameterGradient.mutableSpan
    let (pictureGradient, picture) = (gradients[index], candidates[index].picture)
    decoder.pullback(pictureGradient.span, at: picture.span, into: &gradient)
    let squares = Elements.sumOfSquares(gradient.span)
    guard failing == nil, squares.isFinite else {
      stop(index, iteration, failing ?? "the gradient is not finite")
      return
    }
    var parameters = exchange(&candidates[index].parameters, with: [])
    var finite = candidates[index].finite.mutableSpan
    Elements.copy(parameters.span, into: &finite)
    // What is raised goes up where its negative, the loss, goes down.
    let length = recipe.normalizesGradient ? max(squares, 1e-12).squareRoot() : 1
    Elements.scale(&gradient, by: Float(-1 / length))
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
  ///
  /// - Parameter reason: why there is no step to take.
  private func stop(_ index: Int, _ iteration: Int, _ reason: String? = nil) {
    candidates[index].isStopped = true
    candidates[index].parameters = candidates[index].finite
    if iteration == 0, let reason {
      candidates[index].neverFinite = reason
      warnings.append(.neverFinite(picture: index, reason: reason))
    } else {
      warnings.append(.notFinite(picture: index, iteration: iteration))
    }
  }

  // MARK: Sums

  func objectives(_ values: [[Float]]) -> [Float] {
    candidates.indices.map { -weightedSum(values, $0, regularizers: false) }
  }

  /// What was asked for of a picture: the objective, turned round if it is to be lowered, less the regularizers.
  func sum(_ values: [[Float]], _ index: Int, _ objective: Float) -> Float {
    let sign: Float = recipe.gradModifier?.reversesObjective == true ? -1 : 1
    return sign * objective - weightedSum(values, index, regularizers: true)
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

  // MARK: The end

  /// The values of all losses of pictures that the network sees as they are.
  func cleanValues(_ pictures: [[Float]]) throws(VisualizationError) -> [[Float]] {
    whole.pictures.update(pictures)
    for (index, picture) in pictures.enumerated() { whole.feed.feed(picture, index: index) }
    whole.feed.workspace.forward()
    whole.feed.workspace.clearTapGradients()
    var values = values
    try whole.evaluate(regularizers: false, updating: &values)
    try whole.evaluate(regularizers: true, updating: &values)
    return values
  }

  /// The pictures that the present parameters decode to.
  func decodedPictures() -> [[Float]] {
    decode(whole)
    return candidates.map(\.picture)
  }
}
