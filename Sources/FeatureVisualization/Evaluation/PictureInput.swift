/// The input of a network that pictures go into, and the values that others hold.
struct PictureInput {
  let input: NetworkInput
  let specification: InputSpecification
  let heldInputs: [String: Tensor]

  /// The only input that is not held.
  ///
  /// - Throws: `VisualizationError` where there is none, or more than one, or where it is not known how it takes pictures.
  init(of network: NeuralNetwork, heldInputs: [String: Tensor]) throws(VisualizationError) {
    self = try Self.optimized(in: network, named: [], heldInputs: heldInputs)[0]
  }

  private init(
    _ input: NetworkInput, heldInputs: [String: Tensor]
  ) throws(VisualizationError) {
    guard let specification = input.specification else {
      throw .missingSpecification(input: input.name)
    }
    self.input = input
    self.specification = specification
    self.heldInputs = heldInputs
  }

  /// The inputs that are optimised: the one that is neither held nor named, which comes first, and those named.
  ///
  /// - Throws: `VisualizationError` where none is left, where several are neither held nor named, or where it is not known
  ///   how one takes pictures.
  static func optimized(
    in network: NeuralNetwork, named names: [String], heldInputs: [String: Tensor]
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
    try network.validate(heldInputs: heldInputs)
    var inputs: [PictureInput] = []
    for input in unnamed + free.filter({ names.contains($0.name) }) {
      inputs.append(try PictureInput(input, heldInputs: heldInputs))
    }
    return inputs
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
}
