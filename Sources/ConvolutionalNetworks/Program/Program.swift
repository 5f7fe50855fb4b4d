/// A network compiled for the shapes of its inputs and for a set of taps: immutable, and free to share.
///
/// It holds the layers that the taps depend on and no others, a kernel for each, and the plan of a run's
/// memory. Weights stay the network's own. `Workspace` is a run's memory.
public struct Program: Sendable {
  /// What is compiled beside the taps.
  public struct Options: Sendable {
    /// The inputs whose gradients are wanted; `nil` is all of them, empty compiles for forward passes only.
    public var differentiatedInputs: Set<String>?
    /// The layers whose gradients are results: see `Workspace.withRetainedGradient`.
    ///
    /// Of these layers, and of those that they depend on, everything is computed, whatever taps read.
    public var retainedGradients: [LayerID]
    /// How gradients pass layers; `nil` is the ordinary way.
    public var backpropModifier: (any BackpropModifier)?

    /// Which matrix products and convolutions are used.
    public var arithmetic: Arithmetic

    /// How the weights of dense layers are stored, where arithmetic is `fast`.
    public var denseWeights: WeightPrecision

    /// The bytes that a run may take (see `Program.memory`); `nil` is half of what the system lets this process have.
    ///
    /// Asked for more, for too large a picture or too many, `Program.init` throws before anything is taken.
    public var memoryLimit: Int?

    /// Gradients of every input, passed the ordinary way.
    public init(
      differentiatedInputs: Set<String>? = nil, retainedGradients: [LayerID] = [],
      backpropModifier: (any BackpropModifier)? = nil,
      arithmetic: Arithmetic = .fast, denseWeights: WeightPrecision = .float32,
      memoryLimit: Int? = nil
    ) {
      self.differentiatedInputs = differentiatedInputs
      self.retainedGradients = retainedGradients
      self.backpropModifier = backpropModifier
      self.arithmetic = arithmetic
      self.denseWeights = denseWeights
      self.memoryLimit = memoryLimit
    }
  }

  /// How matrix products and convolutions are computed.
  public enum Arithmetic: Sendable {
    /// By this package's kernels for the widest vectors of the processor, and by Winograd's minimal filtering where
    /// it takes fewer multiplications.
    case fast
    /// Every sum as it is written, by the BLAS library: to check the other against.
    ///
    /// Last bits are the library's, which for OpenBLAS depend on the processor and on the environment variable
    /// `OPENBLAS_CORETYPE`; so do those of what `fast` leaves to it: products of two computed values, grouped
    /// convolutions, transposed ones, and dense layers of more than 32 rows a picture.
    case plain
  }

  /// How weights are stored; sums are in single precision either way.
  public enum WeightPrecision: Sendable {
    /// As the network has them.
    case float32
    /// A copy rounded to half precision, for layers bound by reading their weights: those of at most 32 rows a
    /// picture.
    ///
    /// Each unit's weights, or each input's, are multiplied by a power of two first, so that none is too large or,
    /// beside the largest, too small: a weight is off by at most 2⁻¹¹ of itself, or by 2⁻³⁹ of the largest of its unit
    /// or input where that is more.
    /// Activations differ by some 4·10⁻⁴ of the largest. So do gradients, but for a ReLU that opens or closes over it:
    /// one of two thousand changes the picture's gradient by 2 to 6 per cent. The network keeps its own weights.
    case float16
  }

  /// A tapped value.
  public struct Tap: Sendable, Equatable {
    /// The name of the layer tapped.
    public let layer: String
    /// The value's shape as it is handed out: feature maps as `[N, H, W, C]`, others in the file's order.
    public let shape: [Int]
    /// The units handed out, ascending along the last axis, where the program computes no others; `nil` for all.
    public let units: [Int]?
    /// The number of units of the layer, computed or not: channels of a feature map, else the extent of the last
    /// axis.
    public let unitCount: Int
    /// The rectangle of positions handed out, where the program computes no others; `nil` for all.
    public let region: MapRegion?
    /// The shape of the layer's whole output, units and positions that are not computed included.
    public let wholeShape: [Int]
  }

  /// The taps, in the order asked for.
  public let taps: [Tap]
  /// The layers whose gradients are kept, in the order asked for; their shapes are those of the gradients.
  public let retainedGradients: [Tap]
  /// The shapes of the inputs as they are handed in, by name.
  public let inputShapes: [String: [Int]]

  /// The layers of which only some units are computed, and how many, by name.
  public let computedUnitCounts: [String: Int]
  /// The layers of which only some positions are computed, and their share of all, by name.
  public let computedPositionShares: [String: Double]

  let buffers: [ProgramCompiler.Buffer]
  let steps: [ProgramCompiler.Step]
  /// The number of steps at the front that no input changes.
  let constantStepCount: Int
  let tapBuffers: [Int]
  /// The steps that keep the gradients asked for.
  let retainingSteps: [Int]
  let inputBuffers: [String: Int]
  let schedule: MemorySchedule
  /// The `Float`s that kernels hold for themselves, such as weights in the order in which they read them.
  let heldCount: Int

  /// Compiles the part of `network` that `taps` depend on.
  ///
  /// Of a tap of some units, the layer that computes them, dense or a convolution, keeps the rows of its weights that
  /// they need, where all that lies between works on each unit by itself (activations, batch normalization, pooling)
  /// and nothing else reads it. Elsewhere the tap is handed out whole.
  ///
  /// Of a tap of some positions, each layer computes what they depend on: windows, sums and what works on each position
  /// by itself pass a rectangle on, anything else, such as global pooling, needs its input whole. The gradient of an
  /// input is zero outside.
  ///
  /// - Parameter inputShapes: by input name, feature maps as `[N, H, W, C]`.
  /// - Throws: `VisualizationError` naming the layer, unit, position or input at fault, or telling the memory that a run
  ///   would take where that is more than it may.
  public init(
    _ network: NeuralNetwork, inputShapes: [String: [Int]], taps: [TapRequest],
    options: Options = Options()
  ) throws(VisualizationError) {
    var values: [String] = []
    for tap in taps { values.append(try network.value(of: tap.layer)) }
    var retained: [String] = []
    for layer in options.retainedGradients { retained.append(try network.value(of: layer)) }
    let memoryLimit = options.memoryLimit ?? RunMemory.defaultLimit
    let logicalShapes = try network.logicalInputShapes(inputShapes)
    var graph = try ProgramGraph(
      network, inputShapes: logicalShapes, tapped: values, memoryLimit: memoryLimit)
    try graph.probe(retained, of: options.retainedGradients)
    let units = UnitSelections(taps, values, in: &graph)
    let positions = PositionSelections(taps, values, in: &graph)
    if let modifier = options.backpropModifier { try graph.applyRules(of: modifier) }
    try graph.separateDepth(memoryLimit: memoryLimit)
    graph.fuse()
    if options.arithmetic == .fast { graph.fuseSums() }
    graph.moveActivationsBehindMaxima()
    if options.arithmetic == .fast { graph.fuseConvolutionsAndMaxima() }
    var compiler = ProgramCompiler(graph, options: options, memoryLimit: memoryLimit)
    for input in network.inputs {
      guard let shape = logicalShapes[input.name] else { continue }
      compiler.addInput(
        input, shape: shape,
        needsGradient: options.differentiatedInputs?.contains(input.name) ?? true)
    }
    try compiler.compile()
    let threads = WorkerPool.threadCount
    if compiler.steps.contains(where: { $0.kernel is any LibraryKernel }),
      !BLASMemory.reserve(threads: threads)
    {
      throw .noMemoryForProducts(threads: threads)
    }
    let buffers = compiler.buffers
    let constant = compiler.steps.filter { $0.outputs.allSatisfy { buffers[$0].isConstant } }
    let varying = compiler.steps.filter { !$0.outputs.allSatisfy { buffers[$0].isConstant } }
    var tapBuffers: [Int] = []
    var descriptions: [Tap] = []
    for (tap, value) in zip(taps, values) {
      guard let buffer = compiler.placed[value] else { throw .missingInput(name: value) }
      tapBuffers.append(buffer)
      descriptions.append(
        try Tap(
          tap, layer: try network.layer(tap.layer).name, shape: buffers[buffer].shape,
          units: units.byValue[value], positions: positions.byValue[value]))
    }
    steps = constant + varying
    var retaining: [Int] = []
    var kept: [Tap] = []
    for (layer, value) in zip(options.retainedGradients, retained) {
      guard let buffer = compiler.placed[value],
        let step = steps.firstIndex(where: { $0.kernel.keepsGradient && $0.outputs == [buffer] })
      else { throw .unreachedLayer("\(layer)") }
      retaining.append(step)
      kept.append(
        try Tap(
          TapRequest(layer), layer: try network.layer(layer).name, shape: buffers[buffer].shape,
          units: nil, positions: nil))
    }
    retainingSteps = retaining
    retainedGradients = kept
    self.buffers = buffers
    self.tapBuffers = tapBuffers
    self.taps = descriptions
    self.inputShapes = inputShapes
    computedUnitCounts = units.computedUnitCounts
    computedPositionShares = positions.computedShares
    constantStepCount = constant.count
    heldCount = compiler.heldCount
    inputBuffers = compiler.placed.filter { logicalShapes[$0.key] != nil }
    schedule = MemorySchedule(
      buffers: buffers, steps: steps, constantSteps: constant.count, taps: tapBuffers,
      inputs: Array(inputBuffers.values))
    guard memory <= memoryLimit else {
      throw .tooMuchMemory(needed: memory, limit: memoryLimit)
    }
  }

  /// Compiles the part of `network` that `taps` depend on, every unit of them.
  public init(
    _ network: NeuralNetwork, inputShapes: [String: [Int]], taps: [LayerID],
    options: Options = Options()
  ) throws(VisualizationError) {
    try self.init(
      network, inputShapes: inputShapes, taps: taps.map { TapRequest($0) }, options: options)
  }

  /// The `Float`s that a workspace holds for values, gradients and kernels' state.
  public var workspaceCount: Int { schedule.plan.count }

  /// The bytes that a run takes: a workspace for as many threads as `WorkerPool` has now, and what kernels hold for
  /// themselves, such as weights in the order in which they read them. Those of the network count for nothing here.
  public var memory: Int {
    let layout = WorkspaceLayout(self, threads: WorkerPool.threadCount)
    return layout.count.floatBytes.addingClamped(heldCount.floatBytes)
  }

  /// The bytes that a run may take unless told otherwise: half of what the system lets this process have, which is
  /// the least of the machine's memory, the limits of the control groups that the process is in, and its own.
  public static var defaultMemoryLimit: Int { RunMemory.defaultLimit }
}
