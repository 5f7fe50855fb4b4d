/// What the inputs hold that no picture goes into: one value for all pictures of a batch, or one for each.
struct HeldInputs {
  private let tensors: [String: Tensor]
  private let pictureCount: Int

  /// - Parameter tensors: channels last. One without an axis for the batch, or with 1 there, serves all pictures.
  /// - Throws: `VisualizationError.invalidArgument` for inputs that the network does not have, and values that are not
  ///   finite, or are pictures in another scale than their input's.
  init(_ tensors: [String: Tensor], of network: NeuralNetwork, pictureCount: Int)
    throws(VisualizationError)
  {
    var whole: [String: Tensor] = [:]
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      guard let input = network.inputs.first(where: { $0.name == name }) else {
        throw .invalidArgument(
          "heldInputs",
          "the network has no input '\(name)', only "
            + network.inputs.map { "'\($0.name)'" }.joined(separator: ", "))
      }
      try Self.validate(tensor, input)
      let lacksBatch = tensor.rank == input.shape.count - 1
      whole[name] = lacksBatch ? tensor.reshaped(to: [1] + tensor.shape) : tensor
    }
    (self.tensors, self.pictureCount) = (whole, pictureCount)
  }

  private static func validate(_ tensor: Tensor, _ input: NetworkInput) throws(VisualizationError) {
    guard let bounds = tensor.bounds else {
      throw .invalidArgument("heldInputs", "a number for input '\(input.name)' is not finite")
    }
    guard let specification = input.specification else { return }
    let mapping = try PixelSpace.network.mapping(specification)
    let low = mapping.offset.min() ?? 0
    let high = zip(mapping.scale, mapping.offset).map { $0 + $1 }.max() ?? 1
    let slack = 0.01 * (high - low)
    guard bounds.lowerBound >= low - slack, bounds.upperBound <= high + slack else {
      throw .invalidArgument(
        "heldInputs",
        "input '\(input.name)' takes preprocessed pictures of \(low)...\(high), not of "
          + "\(bounds.lowerBound)...\(bounds.upperBound)")
    }
  }

  /// What the inputs hold for rows that show these pictures of the batch.
  func rows(_ pictures: [Int]) -> [String: Tensor] {
    tensors.mapValues { tensor in
      guard let count = tensor.shape.first, count == 1 || count == pictureCount,
        pictures != Array(0..<count), tensor.count > 0
      else { return tensor }
      // A line of numbers that is not as long as the batch, such as one number, is not of pictures.
      if tensor.rank == 1, count == 1 { return tensor }
      let stride = tensor.count / count
      let elements = tensor.elements
      return Tensor(
        shape: [pictures.count] + tensor.shape.dropFirst(),
        elements: pictures.flatMap { picture in
          let first = count == 1 ? 0 : picture * stride
          return elements[first..<first + stride]
        })
    }
  }

  /// An error that tells of values which are neither one for all pictures nor one for each; `nil` where there are none.
  var mismatch: VisualizationError? {
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) where tensor.rank > 1 {
      let count = tensor.shape[0]
      if count == 1 || count == pictureCount { continue }
      return .invalidArgument(
        "heldInputs",
        "input '\(name)' holds values for \(count) pictures, and there are \(pictureCount): give one value, of shape "
          + "\([1] + tensor.shape.dropFirst()), or one for each")
    }
    return nil
  }
}
