import FeatureVisualization

extension Preset {
  /// Every recipe in the package, as small as tests can wait for.
  static var all: [Preset] {
    get throws {
      var presets: [Preset] = []
      for name in names { presets.append(try small(name)) }
      return presets
    }
  }

  /// A recipe that tests can wait for: of a picture of a side, where the recipe has a canvas, shown twice at most.
  static func small(_ name: String, side: Int = SmoothNetwork.side) throws -> Preset {
    var preset = try named(name)
    if let canvas = preset.canvas {
      preset.canvas = Canvas(height: side, width: side, fit: canvas.fit)
    }
    (preset.views, preset.viewsAtOnce) = (min(preset.views, 2), 1)
    return preset
  }

  /// Whether its pixels are in a scale of ImageNet's colours, so that it draws no other channels.
  var isForColors: Bool { parameterization.pixelSpace == .imageNetStandardized }

  /// The recipe with each transformation drawn once and for all, and nothing done after a step.
  var steady: Preset {
    var preset = self
    preset.inputModifiers = inputModifiers.map { FixedDraw(modifier: $0) }
    preset.projections = []
    return preset
  }

  /// Small steps down the gradient of plain pixels, from a picture of middling contrast.
  static func smallSteps(_ iterations: Int = 20, rate: Float = 0.05) -> Preset {
    var preset = Preset(
      name: "small steps", parameterization: Pixels(in: .unit, start: .uniform(0.2...0.8)),
      optimizer: GradientDescent(.constant(rate)), iterations: iterations)
    preset.normalizesGradient = true
    return preset
  }
}

/// Draws the same transformation at every step, as strong as at the first.
struct FixedDraw: InputModifier {
  let modifier: any InputModifier
  var name: String { modifier.name }
  func validate(_ size: PictureSize) throws { try modifier.validate(size) }
  func draw(
    for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? {
    draw(for: size, seenAs: size, at: moment, using: &generator)
  }
  func draw(
    for size: PictureSize, seenAs target: PictureSize, at moment: Moment,
    using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? {
    var own = SeededGenerator(seed: 11)
    let first = Moment(iteration: 0, of: moment.iterationCount, stage: moment.stage)
    return modifier.draw(for: size, seenAs: target, at: first, using: &own)
  }
}

/// A given transformation as a modifier.
struct Drawing: InputModifier {
  let transformation: any PictureTransformation
  var name: String { "Drawing" }
  func draw(
    for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? { transformation }
}

extension PictureTransformation {
  /// The transformed picture.
  func transformed(_ picture: [Float]) -> [Float] {
    var output = [Float](repeating: .nan, count: outputSize.count)
    var span = output.mutableSpan
    apply(picture.span, into: &span)
    return output
  }

  /// The gradient of a picture of `count` numbers for the gradient of the transformed one.
  func pulledBack(_ gradient: [Float], count: Int) -> [Float] {
    var input = [Float](repeating: 0, count: count)
    var span = input.mutableSpan
    // Linear maps have no use for the picture.
    let none: [Float] = []
    pullback(gradient.span, at: none.span, addingTo: &span)
    return input
  }
}

extension IterationRecord {
  /// The weighted sum of all losses of one picture.
  func total(_ picture: Int = 0) -> Float {
    losses.reduce(0) { $0 + $1.weight * $1.values[picture] }
  }
}

/// The largest difference between two arrays; infinite where counts differ or a number is NaN.
func largestDifference(_ left: [Float], _ right: [Float]) -> Float {
  guard left.count == right.count else { return .infinity }
  return zip(left, right).reduce(0) {
    let difference = abs($1.0 - $1.1)
    return difference.isNaN ? .infinity : max($0, difference)
  }
}
