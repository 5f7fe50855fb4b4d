/// Standardization of each picture's groups of channels over all positions:
/// `y = (x − mean) / √(variance + ε) · scale + shift`.
///
/// With a group for each channel it is instance normalization. Wu and He 2018; Ulyanov et al. 2016.
public struct GroupNormalization: LayerOperation {
  /// The number of groups of neighbouring channels; `nil` makes each channel a group of its own.
  public let groups: Int?
  /// γ, one number per channel; `nil` is 1.
  public let scale: Tensor?
  /// β, one number per channel; `nil` is 0.
  public let shift: Tensor?
  /// Added to the variance.
  public let epsilon: Float

  public var kind: String { groups == nil ? "InstanceNormalization" : "GroupNormalization" }
  public var parameters: [LayerParameter] { LayerParameter.list(["scale": scale, "shift": shift]) }
  public var fault: String? { epsilonFault(epsilon) }

  public init(
    groups: Int?, scale: Tensor? = nil, shift: Tensor? = nil, epsilon: Float = 1e-5
  ) {
    self.groups = groups
    self.scale = scale
    self.shift = shift
    self.epsilon = epsilon
  }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let input = inputs[0]
    guard input.count >= 2 else { throw ShapeError("needs a channel axis") }
    guard input.allSatisfy({ $0 > 0 }) else { throw ShapeError("the mean of nothing") }
    let channels = input[layout.channelAxis(rank: input.count)]
    let groups = groups ?? channels
    guard groups > 0, channels % groups == 0 else {
      throw ShapeError("\(channels) channels in \(groups) groups")
    }
    for parameter in [scale, shift].compactMap(\.self) where parameter.count != channels {
      throw ShapeError("scale or shift of \(parameter.count) numbers for \(channels) channels")
    }
    return inputs
  }
}
