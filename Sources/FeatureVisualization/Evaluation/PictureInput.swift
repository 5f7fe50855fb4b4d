/// The input of a network that pictures go into, and the values that others hold.
struct PictureInput {
  let input: NetworkInput
  let specification: InputSpecification
  let heldInputs: [String: Tensor]

  /// The only input that is not held.
  ///
  /// - Throws: `VisualizationError` where there is none, or more than one, or where it is not known how it takes pictures.
  init(of network: NeuralNetwork, heldInputs: [String: Tensor]) throws(VisualizationError) {
    let free = network.inputs.filter { heldInputs[$0.name] == nil }
    guard let input = free.first else {
      throw .invalidArgument("heldInputs", "every input is held: none is left to optimise")
    }
    if free.count > 1 { throw .missingInput(name: free[1].name) }
    guard let specification = input.specification else {
      throw .missingSpecification(input: input.name)
    }
    try network.validate(heldInputs: heldInputs)
    self.input = input
    self.specification = specification
    self.heldInputs = heldInputs
  }

  /// The channels of a picture's colours.
  var colors: Int { specification.channelOrder.channelCount }

  /// Whether the network says how large its pictures are.
  var isDeclared: Bool {
    input.presentedShape.count == 4 && !input.presentedShape[1...2].contains(nil)
  }

  /// The size of what the network sees: that asked for, or else what it declares.
  func size(height: Int?, width: Int?) throws(VisualizationError) -> PictureSize {
    let declared = input.presentedShape
    if declared.count == 4, let count = declared[3], count != colors {
      throw .incompatible(
        "input '\(input.name)' of \(count) channels", specification.channelOrder.rawValue,
        reason: "it describes \(colors) channels")
    }
    let isMap = declared.count == 4
    guard let height = height ?? (isMap ? declared[1] : nil),
      let width = width ?? (isMap ? declared[2] : nil)
    else { throw .missingSize(input: input.name) }
    let size = PictureSize(height: height, width: width, channels: colors)
    try size.validate()
    return size
  }

  /// Whether layers can be computed from pictures of another side than the network declares.
  func canTake(side: Int, count: Int, layers: [LayerID], in network: NeuralNetwork) -> Bool {
    var shapes = heldInputs.mapValues(\.shape)
    shapes[input.name] = [count, side, side, colors]
    let program = try? Program(network, inputShapes: shapes, taps: layers)
    return program?.taps.allSatisfy { $0.wholeShape.first == count } == true
  }

  /// Compiles the network for rows of pictures.
  func makeFeed(
    _ network: NeuralNetwork, _ size: PictureSize, count: Int, taps: [TapRequest],
    retained: [LayerID] = [], differentiates: Bool = true,
    backpropModifier: (any BackpropModifier)? = nil,
    arithmetic: Program.Arithmetic = .fast, denseWeights: Program.WeightPrecision = .float32,
    memory: MemoryBudget
  ) throws(VisualizationError) -> PictureFeed {
    try PictureFeed(
      network, input: input, specification: specification, size: size, count: count, taps: taps,
      held: heldInputs, retained: retained, differentiates: differentiates,
      backpropModifier: backpropModifier, arithmetic: arithmetic, denseWeights: denseWeights,
      memory: memory)
  }
}
