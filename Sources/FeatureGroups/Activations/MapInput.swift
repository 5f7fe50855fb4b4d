import FeatureVisualization

/// The one input that pictures go into, at a size, and what the others hold.
struct MapInput {
  let input: NetworkInput
  let specification: InputSpecification
  let form: InputForm
  let size: PictureSize
  private let held: [String: Tensor]

  /// - Throws: `VisualizationError` where no input is left for pictures, or several are, or where nobody says their size or
  ///   how they are fed.
  init(of network: NeuralNetwork, height: Int?, width: Int?, heldInputs: [String: Tensor])
    throws(VisualizationError)
  {
    let free = network.inputs.filter { heldInputs[$0.name] == nil }
    guard let input = free.first else {
      throw .invalidArgument("heldInputs", "every input is held: none is left for pictures")
    }
    guard free.count == 1 else { throw .missingInput(name: free[1].name) }
    guard let specification = input.specification else {
      throw .missingSpecification(input: input.name)
    }
    (self.input, self.specification) = (input, specification)
    form = try InputForm(input, specification.channelOrder)
    size = try form.size(height: height, width: width)
    var held: [String: Tensor] = [:]
    for (name, tensor) in heldInputs {
      guard let other = network.inputs.first(where: { $0.name == name }) else {
        throw .invalidArgument("heldInputs", "the network has no input '\(name)'")
      }
      let lacksBatch = tensor.rank == other.shape.count - 1
      held[name] = lacksBatch ? tensor.reshaped(to: [1] + tensor.shape) : tensor
      guard lacksBatch || tensor.rank < 2 || tensor.shape[0] == 1 else {
        throw .invalidArgument(
          "heldInputs",
          "input '\(name)' holds values of \(tensor.shape[0]) pictures: one serves all, [1, …]")
      }
    }
    self.held = held
  }

  /// What the other inputs hold for a batch.
  func heldRows(count: Int) -> [String: Tensor] {
    held.mapValues { tensor in
      guard tensor.rank > 1, count > 1 else { return tensor }
      let elements = tensor.elements
      return Tensor(
        shape: [count] + tensor.shape.dropFirst(),
        elements: (0..<count).flatMap { _ in elements })
    }
  }

  /// The shapes of all inputs for a batch, channels last.
  func shapes(count: Int) -> [String: [Int]] {
    var shapes = heldRows(count: count).mapValues(\.shape)
    shapes[input.name] = form.inputShape(size, count: count)
    return shapes
  }

  /// Pictures in the numbers and axes of the network.
  ///
  /// - Throws: `VisualizationError.invalidArgument` for pictures of another size.
  func numbers(of pictures: Tensor) throws(VisualizationError) -> Tensor {
    let numbers = try form.input(of: pictures, as: specification)
    let wanted = form.inputShape(size, count: pictures.shape.first ?? 0)
    guard numbers.shape == wanted else {
      throw .invalidArgument(
        "pictures",
        "shape \(pictures.shape), and \(size.height)×\(size.width) pixels are taken: resize them")
    }
    return numbers
  }
}
