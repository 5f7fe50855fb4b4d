/// The input of a network that pictures go into, and the values that others hold.
package struct PictureInput {
  /// The input.
  package let input: NetworkInput
  /// How pictures are fed to it.
  package let specification: InputSpecification
  /// How pictures lie in the input.
  package let form: InputForm
  let held: HeldInputs

  /// The only input that is not held.
  ///
  /// - Parameter pictureCount: the pictures of the batch.
  /// - Throws: `VisualizationError` where there is none, or more than one, or where it is not known how it takes pictures.
  package init(of network: NeuralNetwork, heldInputs: [String: Tensor], pictureCount: Int)
    throws(VisualizationError)
  {
    self = try Self.optimized(
      in: network, named: [], heldInputs: heldInputs, pictureCount: pictureCount)[0]
  }

  private init(_ input: NetworkInput, _ held: HeldInputs) throws(VisualizationError) {
    guard let specification = input.specification else {
      throw .missingSpecification(input: input.name)
    }
    form = try InputForm(input, specification.channelOrder)
    self.input = input
    self.specification = specification
    self.held = held
  }

  /// The inputs that are optimised: the one that is neither held nor named, which comes first, and those named.
  ///
  /// - Parameter pictureCount: the pictures of the batch.
  /// - Throws: `VisualizationError` where none is left, where several are neither held nor named, or where it is not known
  ///   how one takes pictures.
  static func optimized(
    in network: NeuralNetwork, named names: [String], heldInputs: [String: Tensor],
    pictureCount: Int
  ) throws(VisualizationError) -> [PictureInput] {
    let free = network.inputs.filter { heldInputs[$0.name] == nil }
    guard !free.isEmpty else {
      throw .invalidArgument("heldInputs", "every input is held: none is left to optimise")
    }
    for name in names.sorted() where !free.contains(where: { $0.name == name }) {
      throw .invalidArgument(
        "inputs",
        heldInputs[name] == nil
          ? "the network has no input '\(name)', only "
            + network.inputs.map { "'\($0.name)'" }.joined(separator: ", ")
          : "input '\(name)' is held and optimised: choose one")
    }
    let unnamed = free.filter { !names.contains($0.name) }
    if unnamed.count > 1 { throw .missingInput(name: unnamed[1].name) }
    let held = try HeldInputs(heldInputs, of: network, pictureCount: pictureCount)
    var inputs: [PictureInput] = []
    for input in unnamed + free.filter({ names.contains($0.name) }) {
      inputs.append(try PictureInput(input, held))
    }
    return inputs
  }

  /// What the other inputs hold for rows that show these pictures of the batch, channels last.
  package func heldRows(_ pictures: [Int]) -> [String: Tensor] { held.rows(pictures) }

  /// The shapes of all inputs for rows that show these pictures of the batch, channels last.
  package func inputShapes(_ size: PictureSize, rows pictures: [Int]) -> [String: [Int]] {
    var shapes = heldRows(pictures).mapValues(\.shape)
    shapes[input.name] = form.inputShape(size, count: pictures.count)
    return shapes
  }

  /// The channels of a picture, without an opacity.
  var colors: Int { form.channels }

  /// Pictures that a caller hands in.
  ///
  /// - Parameter argument: what they are, in errors.
  /// - Parameter beyondRange: whether any finite pixels will do, instead of 0…1.
  /// - Throws: `VisualizationError.invalidArgument` for pictures that the input does not take.
  func given(
    _ pictures: Tensor, _ argument: String, beyondRange: Bool = false
  ) throws(VisualizationError) -> GivenPictures {
    try GivenPictures(
      pictures, form, specification.channelOrder, argument, beyondRange: beyondRange)
  }
}

extension NeuralNetwork {
  /// Pictures that a caller hands in, `[N, H, W, C]` whatever the axes of the input are; grey ones stay grey.
  ///
  /// - Throws: `VisualizationError` for pictures that the input does not take, and where no input, or more than one, is not
  ///   held.
  package func wholePictures(
    _ pictures: Tensor, heldInputs: [String: Tensor]
  ) throws(VisualizationError) -> Tensor {
    try PictureInput(of: self, heldInputs: heldInputs, pictureCount: pictures.shape.first ?? 0)
      .given(pictures, "pictures").asGiven
  }
}
