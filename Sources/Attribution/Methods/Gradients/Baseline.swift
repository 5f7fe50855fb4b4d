public import FeatureVisualization

/// A picture that says nothing, which others are compared with.
public enum Baseline: Sendable, Equatable {
  /// One value for all pixels of a channel, 0…1; one number serves all channels.
  case color([Float])
  /// The picture that the network is fed as zeros: black of a network without a mean, its mean of one that subtracts it.
  case networkZero
  /// A picture `[1, H, W, C]` or `[H, W, C]` of the size of the one that is asked about.
  case picture(Tensor)

  /// All pixels 0.
  public static var black: Baseline { .color([0]) }
  /// All pixels 0.5.
  public static var gray: Baseline { .color([0.5]) }
  /// All pixels 1.
  public static var white: Baseline { .color([1]) }
}

extension Baseline {
  /// The baseline of a question's picture, in its shape.
  ///
  /// - Throws: `VisualizationError.invalidArgument` for another number of channels, another size, and numbers that are not
  ///   finite.
  package func picture(
    for question: AttributionQuestion
  ) throws(VisualizationError) -> Tensor {
    let shape = question.picture.shape
    switch self {
    case .color(let color): return try Self.fill(shape, color)
    case .networkZero: return try Self.fill(shape, question.networkZero(channels: shape[3]))
    case .picture(let picture):
      guard picture.shape == shape || picture.shape == Array(shape.dropFirst()) else {
        throw .invalidArgument(
          "baseline", "a picture of shape \(picture.shape) for one of \(shape)")
      }
      guard picture.span.allSatisfyFinite else {
        throw .invalidArgument("baseline", "a pixel is not finite")
      }
      return picture.reshaped(to: shape)
    }
  }

  private static func fill(_ shape: [Int], _ color: [Float]) throws(VisualizationError) -> Tensor {
    let channels = shape[3]
    guard color.count == channels || color.count == 1, color.allSatisfy(\.isFinite) else {
      throw .invalidArgument(
        "baseline", "the color \(color) is not \(channels) finite numbers, or one for all channels")
    }
    let pixel = color.count == 1 ? Array(repeating: color[0], count: channels) : color
    return Tensor(
      shape: shape,
      elements: (0..<shape.reduce(1, *)).map { pixel[$0 % channels] })
  }
}

extension Span<Float> {
  /// Whether no element is NaN or infinite.
  fileprivate var allSatisfyFinite: Bool {
    for index in indices where !self[index].isFinite { return false }
    return true
  }
}

extension AttributionQuestion {
  /// The colour of a picture that becomes zeros before the network, a number for each of its channels; their mean where the
  /// picture is grey and the network is not.
  fileprivate func networkZero(channels: Int) -> [Float] {
    guard
      let specification = network.inputs.first(where: { heldInputs[$0.name] == nil })?
        .specification
    else { return [0] }
    let range = specification.valueRange
    var color = specification.mean.map {
      ($0 - range.lowerBound) / (range.upperBound - range.lowerBound)
    }
    if specification.channelOrder == .bgr { color.reverse() }
    return color.count == channels ? color : [color.reduce(0, +) / Float(color.count)]
  }
}
