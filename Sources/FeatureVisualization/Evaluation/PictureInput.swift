/// The input of a network that pictures go into, and the values that others hold.
struct PictureInput {
  let input: NetworkInput
  let specification: InputSpecification
  /// How pictures lie in the input.
  let form: InputForm
  private let held: HeldInputs

  /// The only input that is not held.
  ///
  /// - Parameter pictureCount: the pictures of the batch.
  /// - Throws: `VisualizationError` where there is none, or more than one, or where it is not known how it takes pictures.
  init(of network: NeuralNetwork, heldInputs: [String: Tensor], pictureCount: Int)
    throws(VisualizationError)
  {
    let free = network.inputs.filter { heldInputs[$0.name] == nil }
    guard let input = free.first else {
      throw .invalidArgument("heldInputs", "every input is held: none is left to optimise")
    }
    if free.count > 1 { throw .network(.missingInput(name: free[1].name)) }
    guard let specification = input.specification else {
      throw .missingSpecification(input: input.name)
    }
    held = try HeldInputs(heldInputs, of: network, pictureCount: pictureCount)
    form = try InputForm(input, specification.channelOrder)
    self.input = input
    self.specification = specification
  }

  /// The channels of a picture, without an opacity.
  var colors: Int { form.channels }

  /// Whether layers can be computed from pictures of another side than the network declares.
  func canTake(side: Int, count: Int, layers: [LayerID], in network: NeuralNetwork) -> Bool {
    var shapes = held.rows(Array(0..<count)).mapValues(\.shape)
    shapes[input.name] = form.inputShape(
      PictureSize(height: side, width: side, channels: colors), count: count)
    let program = try? Program(network, inputShapes: shapes, taps: layers)
    return program?.taps.allSatisfy { $0.wholeShape.first == count } == true
  }

  /// Pictures that a caller hands in.
  ///
  /// - Parameter argument: what they are, in errors.
  /// - Throws: `VisualizationError.invalidArgument` for pictures that the input does not take.
  func given(_ pictures: Tensor, _ argument: String) throws(VisualizationError) -> GivenPictures {
    try GivenPictures(pictures, form, specification.channelOrder, argument)
  }

  /// Compiles the network for rows of pictures.
  ///
  /// - Parameter pictures: the picture of the batch that each row shows.
  func makeFeed(
    _ network: NeuralNetwork, _ size: PictureSize, pictures: [Int], taps: [TapRequest],
    retained: [LayerID] = [], differentiates: Bool = true,
    backpropModifier: (any BackpropModifier)? = nil,
    arithmetic: Program.Arithmetic = .fast, denseWeights: Program.WeightPrecision = .float32,
    memory: MemoryBudget
  ) throws(VisualizationError) -> PictureFeed {
    do throws(VisualizationError) {
      return try PictureFeed(
        network, input: input.name, form: form, specification: specification, size: size,
        count: pictures.count, taps: taps, held: held.rows(pictures), retained: retained,
        differentiates: differentiates, backpropModifier: backpropModifier,
        arithmetic: arithmetic, denseWeights: denseWeights, memory: memory)
    } catch {
      throw held.mismatch ?? error
    }
  }
}
