/// A whole recipe: parameterization, modifiers, regularizers, optimizer and length.
///
/// Presets are values: take one and change what you like.
///
///     var recipe = Preset.kerasVis
///     recipe.inputModifiers = [.jitter(16)]
public struct Preset: Sendable {
  /// The name in reports.
  public var name: String
  /// What the optimizer turns the knobs of.
  public var parameterization: any Parameterization
  /// Added to the objective by `visualizeActivation`.
  public var regularizers: [WeightedLoss] = []
  /// Transformations before the network and changes after each step.
  public var inputModifiers: [any InputModifier] = []
  /// Changes the objective's gradient.
  public var gradModifier: (any GradModifier)?
  /// Changes how gradients pass activations.
  public var backpropModifier: (any BackpropModifier)?
  /// Whether each picture's gradient is divided by its L2 norm before the step.
  public var normalizesGradient = false
  /// How a gradient becomes a step.
  public var optimizer: any Optimizer
  /// The number of steps.
  public var iterations: Int
  /// When a picture is done before the last step; `nil` takes all of them.
  ///
  ///     recipe.stopping = .plateau(patience: 50)
  public var stopping: StoppingCriterion?
  /// Positions at each edge of a feature map that do not count in `visualizeActivation`.
  public var border = 0
  /// Pixels cut off each side of the finished picture.
  public var crop = 0
  /// How pixels that left the range of pictures are shown.
  public var display = PictureDisplay.clipped
  /// How the network's sums are computed; `plain` is slower, to check the other against.
  public var arithmetic = Program.Arithmetic.fast
  /// How the network's dense weights are stored: halves are read faster, and scores differ in the fourth digit.
  public var denseWeights = Program.WeightPrecision.float32
  /// The bytes that a visualization may take for its pictures and the network's run; `nil` for half of those that the
  /// system lets the process have.
  public var memoryLimit: Int?
  /// The side of the picture where the layer can be computed from it; `nil` is what the file declares.
  public var side: Int?

  /// A recipe without regularizers and modifiers.
  public init(
    name: String, parameterization: any Parameterization, optimizer: any Optimizer, iterations: Int
  ) {
    self.name = name
    self.parameterization = parameterization
    self.optimizer = optimizer
    self.iterations = iterations
  }
}
