/// Checks what is asked for, compiles the network and runs the ascent.
struct Visualizer {
  let network: NeuralNetwork
  let recipe: Preset
  let sum: LossSum
  let input: NetworkInput
  let specification: InputSpecification
  let size: PictureSize
  let seeds: [UInt64]
  let heldInputs: [String: Tensor]

  /// The most pixels of a side, of a crop and positions of a border.
  private static let largestSide = 16384

  init(
    _ network: NeuralNetwork, losses: [WeightedLoss], recipe: Preset, height: Int?, width: Int?,
    seeds: [UInt64], heldInputs: [String: Tensor]
  ) throws(VisualizationError) {
    guard recipe.iterations > 0 else {
      throw .invalidArgument("iterations", "\(recipe.iterations) is not positive")
    }
    guard !seeds.isEmpty else { throw .invalidArgument("seeds", "no picture is asked for") }
    guard losses.contains(where: { !($0.loss is any Regularizer) }) else {
      throw .invalidArgument("losses", "nothing but regularizers: no objective to raise")
    }
    guard (0...Self.largestSide).contains(recipe.crop),
      (0...Self.largestSide).contains(recipe.border)
    else {
      throw .invalidArgument(
        "crop", "a crop of \(recipe.crop) or a border of \(recipe.border) is not in 0...16384")
    }
    let free = network.inputs.filter { heldInputs[$0.name] == nil }
    guard let input = free.first else {
      throw .invalidArgument("heldInputs", "every input is held: none is left to optimise")
    }
    if free.count > 1 { throw .network(.missingInput(name: free[1].name)) }
    guard let specification = input.specification else {
      throw .missingSpecification(input: input.name)
    }
    self.network = network
    self.recipe = recipe
    self.input = input
    self.specification = specification
    self.seeds = seeds
    self.heldInputs = heldInputs
    try network.validate(heldInputs: heldInputs)
    var resolved: [WeightedLoss] = []
    for loss in losses { resolved.append(try loss.resolved(in: network)) }
    sum = LossSum(resolved)
    var side = height == nil && width == nil ? recipe.side : nil
    let isDeclared = input.presentedShape.count == 4 && !input.presentedShape[1...2].contains(nil)
    if let wanted = side, isDeclared {
      var shapes = heldInputs.mapValues(\.shape)
      shapes[input.name] = [
        seeds.count, wanted, wanted, specification.channelOrder.channelCount,
      ]
      let program = try? Program(network, inputShapes: shapes, taps: sum.layers)
      if program?.taps.allSatisfy({ $0.wholeShape.first == seeds.count }) != true { side = nil }
    }
    size = try Self.size(
      input, specification, height: height ?? side, width: width ?? height ?? side)
    try recipe.optimizer.validate()
    try recipe.stopping?.validate()
    try Self.validateModifiers(recipe, size)
  }

  private static func size(
    _ input: NetworkInput, _ specification: InputSpecification, height: Int?, width: Int?
  ) throws(VisualizationError) -> PictureSize {
    let channels = specification.channelOrder.channelCount
    let declared = input.presentedShape
    if declared.count == 4, let count = declared[3], count != channels {
      throw .incompatible(
        "input '\(input.name)' of \(count) channels", specification.channelOrder.rawValue,
        reason: "it describes \(channels) channels")
    }
    let isMap = declared.count == 4
    guard let height = height ?? (isMap ? declared[1] : nil),
      let width = width ?? (isMap ? declared[2] : nil)
    else { throw .missingSize(input: input.name) }
    guard (1...largestSide).contains(height), (1...largestSide).contains(width) else {
      throw .invalidArgument("size", "\(height)×\(width) is not in 1...16384")
    }
    return PictureSize(height: height, width: width, channels: channels)
  }

  private static func validateModifiers(_ recipe: Preset, _ size: PictureSize)
    throws(VisualizationError)
  {
    // Each sees what those before it make of the picture: a crop may need the padding.
    var current = size
    var probe = SeededGenerator(seed: 0)
    for modifier in recipe.inputModifiers {
      try modifier.validate(current)
      if let drawn = modifier.draw(for: current, using: &probe) {
        try drawn.validate(for: current)
        current = drawn.outputSize
      }
      if modifier.changesPictureAfterStep, recipe.parameterization.pixelSpace == nil {
        throw .incompatible(
          modifier.name, recipe.parameterization.name,
          reason: "it writes into pixels, and the parameters are none")
      }
    }
  }

  func run(
    startingPicture: Tensor?,
    onProgress: ((VisualizationProgress) -> VisualizationProgress.Decision)?
  ) throws(VisualizationError) -> Visualization {
    WorkerPool.enter()
    defer { WorkerPool.leave() }
    let feed = try makeFeed(
      size, backpropModifier: recipe.backpropModifier, memory: memoryBudget)
    let pictureShape = [seeds.count, size.height, size.width, size.channels]
    try sum.validate(feed.program, pictures: pictureShape)
    try network.validateRows(feed.program, input: input.name)
    let decoder = try recipe.parameterization.makeDecoder(size, for: specification)
    let ascent = try Ascent(
      recipe: recipe, sum: sum, decoder: decoder, feed: feed, specification: specification,
      seeds: seeds, start: try start(startingPicture, decoder)
    ) { count in smallerFeed(count, beside: feed) }
    var isCancelled = false
    for iteration in 0..<recipe.iterations {
      if Task.isCancelled {
        isCancelled = true
        break
      }
      let record = try ascent.step(iteration)
      let progress = VisualizationProgress(
        completed: iteration + 1, total: recipe.iterations, record: record)
      if onProgress?(progress) == .stop, iteration + 1 < recipe.iterations {
        isCancelled = true
        break
      }
      if ascent.isDone { break }
    }
    var result = try display(ascent, shape: pictureShape)
    result.isCancelled = isCancelled
    return result
  }

  /// The memory that the run may take, less that of the pictures.
  private var memoryBudget: MemoryBudget {
    MemoryBudget(recipe.memoryLimit).less(MemoryBudget.ofPictures(seeds.count, size))
  }

  private func makeFeed(
    _ size: PictureSize, count: Int? = nil, backpropModifier: (any BackpropModifier)?,
    memory: MemoryBudget
  ) throws(VisualizationError) -> PictureFeed {
    try PictureFeed(
      network, input: input, specification: specification, size: size,
      count: count ?? seeds.count, taps: sum.taps, held: heldInputs,
      backpropModifier: backpropModifier, arithmetic: recipe.arithmetic,
      denseWeights: recipe.denseWeights, memory: memory)
  }

  /// A feed for the pictures that are left of the batch; `nil` where held values belong to the whole batch, or where
  /// there is no memory for one beside the whole batch's.
  private func smallerFeed(_ count: Int, beside whole: PictureFeed) -> PictureFeed? {
    guard heldInputs.isEmpty else { return nil }
    return try? makeFeed(
      size, count: count, backpropModifier: recipe.backpropModifier,
      memory: memoryBudget.less(whole.program.memory))
  }

  private func start(_ picture: Tensor?, _ decoder: any PictureDecoder) throws(VisualizationError)
    -> [[Float]]?
  {
    guard let picture else { return nil }
    let one = [size.height, size.width, size.channels]
    guard picture.rank == 4, Array(picture.shape.dropFirst()) == one,
      picture.shape[0] == 1 || picture.shape[0] == seeds.count
    else {
      throw .invalidArgument("startingPicture", "shape \(picture.shape) is not [1] + \(one)")
    }
    try picture.validatePicture("startingPicture")
    let elements = picture.elements
    var result: [[Float]] = []
    for index in seeds.indices {
      let first = picture.shape[0] == 1 ? 0 : index * size.count
      guard
        let parameters = decoder.parameters(
          decodingTo: Array(elements[first..<(first + size.count)]))
      else {
        throw .incompatible(
          "startingPicture", recipe.parameterization.name,
          reason: "a picture has no parameters there")
      }
      guard parameters.count == decoder.parameterCount else {
        throw .brokenRule(
          type: "\(type(of: decoder))",
          rule: "parameters(decodingTo:) gives \(parameters.count), and parameterCount is "
            + "\(decoder.parameterCount)")
      }
      result.append(parameters)
    }
    return result
  }

  // MARK: The finished pictures

  private func display(_ ascent: Ascent, shape: [Int]) throws(VisualizationError) -> Visualization {
    let found: Ascent.Result
    do throws(VisualizationError) {
      found = try ascent.finish()
    } catch .neverFinite(let reason) {
      throw .neverFinite(reason: reason + sourceOfNonFinite(ascent.decodedPictures()))
    }
    var result = Visualization(
      pictures: Tensor(shape: shape, elements: found.pictures.joined().map { $0 }),
      scores: found.objectives,
      raw: nil, history: ascent.history, warnings: softmaxWarnings + ascent.warnings,
      convergedAt: ascent.convergedAt, isCancelled: false)
    if !recipe.parameterization.keepsRange || recipe.display != .clipped {
      // Where parameters are no pixels, there is no colour that 0 stands for but black.
      var zero = [Float](repeating: 0, count: size.channels)
      if let space = recipe.parameterization.pixelSpace {
        result.raw = .init(
          pixels: Tensor(shape: shape, elements: found.parameters.joined().map { $0 }),
          space: space, scores: found.objectives)
        let mapping = space.mapping(specification)
        zero = zip(mapping.offset, mapping.scale).map { -$0 / $1 }
      }
      let shown = found.pictures.map { recipe.display.apply($0, zero: zero) }
      result.pictures = Tensor(shape: shape, elements: shown.joined().map { $0 })
      result.scores = try ascent.cleanObjectives(shown)
    }
    if recipe.crop > 0 { try crop(&result, of: ascent) }
    return result
  }

  /// Cuts the border off and scores what is left, where the network can.
  private func crop(_ result: inout Visualization, of ascent: Ascent) throws(VisualizationError) {
    let inner = PictureSize(
      height: size.height - 2 * recipe.crop, width: size.width - 2 * recipe.crop,
      channels: size.channels)
    let shape = [seeds.count, inner.height, inner.width, inner.channels]
    guard inner.height > 0, inner.width > 0,
      let feed = try? makeFeed(
        inner, backpropModifier: nil,
        memory: memoryBudget.less(ascent.whole.feed.program.memory)),
      (try? sum.validate(feed.program, pictures: shape)) != nil
    else {
      result.warnings.append(.cropSkipped(pixels: recipe.crop))
      return
    }
    let translation = Translation.centered(size, height: inner.height, width: inner.width)
    let cropped = seeds.indices.map { index in
      var picture = [Float](repeating: 0, count: inner.count)
      let whole = result.picture(index).elements
      var span = picture.mutableSpan
      translation.apply(whole.span, into: &span)
      return picture
    }
    let decoder = try recipe.parameterization.makeDecoder(inner, for: specification)
    let scorer = try Ascent(
      recipe: recipe, sum: sum, decoder: decoder, feed: feed, specification: specification,
      seeds: seeds, start: nil)
    let scores = try scorer.cleanObjectives(cropped)
    result.scores = zip(scores, ascent.candidates).map { $1.neverFinite == nil ? $0 : .nan }
    result.pictures = Tensor(shape: shape, elements: cropped.joined().map { $0 })
  }

  private var softmaxWarnings: [VisualizationWarning] {
    sum.layers.compactMap { id in
      guard let layer = try? network.layer(id) else { return nil }
      return layer.operation.finalActivation?.coupledAxis == nil
        ? nil : .softmaxKept(layer: layer.name)
    }
  }
}
