/// A stage of a run: its recipe, bound to the sizes of the picture and of what the network sees.
struct AscentStage {
  private(set) var recipe: Preset
  /// The number of the stage, from 0.
  let number: Int
  /// The size of the picture, with a channel for its opacity where it has one.
  let size: PictureSize
  /// The size that the network sees.
  let seenSize: PictureSize
  /// How the picture gets from its size to the network's.
  let fit: CanvasFit
  /// The recipe's projections, and the range that pixels are held in.
  let projections: [any Projection]
  /// The scale of the pixels, where the parameters are pixels.
  let mapping: PixelMapping?
  /// Whether the network sees pictures as they are, so that each step's objective is a clean one.
  private(set) var isClean = false

  /// - Throws: `VisualizationError` where parts of the recipe cannot work together.
  init(
    _ recipe: Preset, number: Int, seenSize: PictureSize, specification: InputSpecification
  ) throws(VisualizationError) {
    self.recipe = recipe
    self.number = number
    self.seenSize = seenSize
    let canvas = recipe.canvas
    fit = canvas?.fit ?? .cropping
    size = PictureSize(
      height: canvas?.height ?? seenSize.height, width: canvas?.width ?? seenSize.width,
      channels: seenSize.channels + (recipe.parameterization.hasOpacity ? 1 : 0))
    mapping = try recipe.parameterization.pixelSpace?.mapping(specification)
    var projections = recipe.projections
    if recipe.parameterization.keepsRange, let mapping {
      projections.append(PictureRange(mapping: mapping))
    }
    self.projections = projections
    try validate()
    isClean = recipe.inputModifiers.allSatisfy { !$0.isRandom && drawsNothing($0) }
  }

  /// How many views may go through the network at once, most first: numbers that divide the views.
  var viewCountsAtOnce: [Int] {
    let (views, limit) = (recipe.views, min(recipe.viewsAtOnce, recipe.views))
    return (1...limit).reversed().filter { views.isMultiple(of: $0) }
  }

  /// The same with another number of views at once.
  func showing(_ viewsAtOnce: Int) -> AscentStage {
    var stage = self
    stage.recipe.viewsAtOnce = viewsAtOnce
    return stage
  }

  /// What the pictures of an input are decoded by.
  func makeDecoders(
    count: Int, specification: InputSpecification
  ) throws(VisualizationError) -> [any PictureDecoder] {
    let parameterization = recipe.parameterization
    var decoders: [any PictureDecoder] = []
    for index in 0..<count {
      let context = DecoderContext(
        size: size, specification: specification, picture: index, pictureCount: count)
      decoders.append(
        try VisualizationError.naming(parameterization) {
          try parameterization.makeDecoder(for: context)
        })
    }
    return decoders
  }

  /// Whether a modifier that is not random leaves the picture as it is, at the first moment and at the last.
  private func drawsNothing(_ modifier: any InputModifier) -> Bool {
    var probe = SeededGenerator(seed: 0)
    return [moment(0), lastMoment].allSatisfy {
      modifier.draw(for: size, seenAs: seenSize, at: $0, using: &probe) == nil
    }
  }

  /// The moment of an iteration.
  func moment(_ iteration: Int) -> Moment {
    Moment(iteration: iteration, of: recipe.iterations, stage: number)
  }

  /// The moment whose weights pictures are ranked and scored by.
  var lastMoment: Moment { moment(recipe.iterations - 1) }

  private func validate() throws(VisualizationError) {
    guard recipe.iterations > 0 else {
      throw .invalidArgument("iterations", "\(recipe.iterations) is not positive")
    }
    try recipe.smallStart?.validate()
    let sides = 0...PictureSize.largestSide
    guard sides.contains(recipe.crop), sides.contains(recipe.border) else {
      throw .invalidArgument(
        "crop", "a crop of \(recipe.crop) or a border of \(recipe.border) is not in 0...16384")
    }
    try size.validate()
    guard (1...4096).contains(recipe.views), recipe.viewsAtOnce > 0 else {
      throw .invalidArgument(
        "views", "\(recipe.viewsAtOnce) at once of \(recipe.views): 1 to 4096, at least one at once"
      )
    }
    let optimizer = recipe.optimizer
    try VisualizationError.naming(optimizer) { try optimizer.validate() }
    try recipe.stopping?.validate()
    if let modifier = recipe.gradModifier {
      try VisualizationError.naming(modifier) { try modifier.validate(size) }
    }
    for projection in recipe.projections {
      try VisualizationError.naming(projection) { try projection.validate(size) }
      if recipe.parameterization.pixelSpace == nil {
        throw .incompatible(
          projection.name, recipe.parameterization.name,
          reason: "it writes into pixels, and the parameters are none")
      }
    }
    try recipe.inputModifiers.validate(size, seenAs: seenSize, at: moment(0))
  }
}

/// Holds pixels in the range of pictures.
struct PictureRange: Projection {
  let mapping: PixelMapping

  var name: String { "PictureRange" }

  func project(_ pixels: inout MutableSpan<Float>, after step: CompletedStep) {
    pixels.withUnsafeMutableBufferPointer { pixels in
      if let base = pixels.baseAddress { mapping.clamp(base, count: pixels.count) }
    }
  }
}
