/// Everything about a run but what is raised: parameterization, modifiers, priors, optimizer, length, size and start.
///
/// Presets are values: take one, change what you like, and switch off what you do not want.
///
///     var recipe = Preset.kerasVis
///     recipe.inputModifiers = [.jitter(16)]
///     recipe.gradModifier = nil
public struct Preset: Sendable {
  /// The name in reports.
  public var name: String
  /// What the optimizer turns the knobs of.
  public var parameterization: any Parameterization
  /// Added to the objective by `visualizeActivation`: mostly priors.
  public var regularizers = Objective()
  /// Transformations before the network.
  public var inputModifiers: [any InputModifier] = []
  /// What `visualizeActivation` raises of a unit.
  public var unitObjective = UnitObjective.activation
  /// Changes the objective's gradient.
  public var gradModifier: (any GradModifier)?
  /// Changes how gradients pass activations.
  public var backpropModifier: (any BackpropModifier)?
  /// Whether each picture's gradient is divided by its L2 norm before the step.
  public var normalizesGradient = false
  /// How a gradient becomes a step.
  public var optimizer: any Optimizer
  /// Changes of the picture after each step, in order.
  public var projections: [any Projection] = []
  /// The number of steps.
  public var iterations: Int
  /// When a picture is done before the last step; `nil` takes all of them.
  ///
  ///     recipe.stopping = .plateau(patience: 50)
  public var stopping: StoppingCriterion?
  /// How often each step shows the picture to the network, under draws of their own; gradients are averaged.
  public var views = 1
  /// How many of the views go through the network at once, at most. As many do as divide the views and as there is memory
  /// for, and one where a loss belongs to the whole batch. The pictures are the same; several are faster where pictures are small.
  public var viewsAtOnce = 1
  /// The size of the picture where it is not that of the network's input.
  public var canvas: Canvas?
  /// Recipes that go on from where this one ends, one after another. They take their own parameterization, modifiers,
  /// optimizer and iterations, and this one's held inputs and, where they have none, size and limit on memory; what is shown
  /// and scored is as the last one says.
  public var stages: [Preset] = []
  /// Positions at each edge of a feature map that do not count in `visualizeActivation`.
  public var border = 0
  /// Pixels cut off each side of the finished picture.
  public var crop = 0
  /// How pixels that left the range of pictures are shown.
  public var display = PictureDisplay.clipped
  /// The iterations of each stage before which the picture is kept in the result.
  public var snapshots: Set<Int> = []
  /// Whether the result tells how much the objective's gradient moved each pixel.
  public var accumulatesImportance = false
  /// How the network's sums are computed; `plain` is slower, to check the other against.
  public var arithmetic = Program.Arithmetic.fast
  /// How the network's dense weights are stored: halves are read faster, and scores differ in the fourth digit.
  public var denseWeights = Program.WeightPrecision.float32
  /// The bytes that a visualization may take for its pictures and the network's run; `nil` for half of those that the
  /// system lets the process have.
  public var memoryLimit: Int?
  /// What the network sees; `nil` is what it declares, or `side`. `canvas` is the picture's own size.
  public var size: InputSize?
  /// The side of the picture where the layer can be computed from it; `nil` is what the file declares.
  public var side: Int?
  /// First steps in which the network sees a smaller picture; `nil` for none.
  public var smallStart: SmallStart?
  /// Where to start, instead of the parameterization's own start.
  public var start: Start?
  /// Constant values of the network's other inputs by name, channels last.
  public var heldInputs: [String: Tensor] = [:]
  /// Further inputs that are optimised, by name: each has a parameterization, modifiers of input and gradient, projections,
  /// an optimizer, a size, a start and a display of its own. What concerns all inputs, such as iterations, views and the
  /// backprop modifier, is this recipe's.
  ///
  ///     recipe.inputs["depth"] = .lucid
  public var inputs: [String: Preset] = [:]
  /// Why the recipe is what it is, a sentence each, where it was chosen for a network.
  public internal(set) var reasons: [String] = []

  /// A recipe without priors, modifiers and projections.
  public init(
    name: String, parameterization: any Parameterization, optimizer: any Optimizer, iterations: Int
  ) {
    self.name = name
    self.parameterization = parameterization
    self.optimizer = optimizer
    self.iterations = iterations
  }

  /// The recipe of an input: its own parts, with this recipe's where they concern all inputs.
  func ofInput(_ name: String) -> Preset {
    guard var own = inputs[name] else { return self }
    own.iterations = iterations
    own.smallStart = smallStart
    own.stopping = stopping
    (own.views, own.viewsAtOnce) = (views, viewsAtOnce)
    own.backpropModifier = backpropModifier
    own.snapshots = snapshots
    own.accumulatesImportance = accumulatesImportance
    (own.arithmetic, own.denseWeights) = (arithmetic, denseWeights)
    own.memoryLimit = memoryLimit
    return own
  }

  /// The recipe, in its sizes, and those that follow it, each before its own followers.
  var inOrder: [Preset] {
    splitBySize()
      + stages.flatMap { stage in
        var stage = stage
        stage.memoryLimit = stage.memoryLimit ?? memoryLimit
        stage.size = stage.size ?? size
        if stage.inputs.isEmpty { stage.inputs = inputs }
        return stage.inOrder
      }
  }
}
