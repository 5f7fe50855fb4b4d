/// A convolution (cross-correlation, as every framework means it) over one to three spatial axes.
///
/// `y[n, p, o] = Σ_{k, c} x[n, p·stride + k·dilation − padding, c] · weights[o, k, c] + bias[o]`,
/// with the channels split into `groups` that do not mix; depthwise where groups equal channels.
public struct Convolution: LayerOperation {
  /// `[outputChannels, kernelHeight, kernelWidth, inputChannels / groups]`; one kernel axis in 1-D, the depth's before the
  /// others in 3-D.
  public let weights: Tensor
  /// One number per output channel.
  public let bias: Tensor?
  /// Stride, dilation and padding; its kernel is that of the weights.
  public let window: SlidingWindow
  /// The number of groups that input and output channels are split into.
  public let groups: Int
  /// Applied to the result, for formats that fuse an activation into the layer.
  public let activation: ActivationFunction
  /// The output channels of the whole layer, of which the weights may be those of some: by them algorithms are chosen, so
  /// that units are what they are among others.
  private(set) var unitCount: Int

  public var kind: String { "Convolution" }
  public var parameters: [LayerParameter] {
    LayerParameter.list(["weights": weights, "bias": bias]) + activation.parameters
  }
  public var fault: String? { activation.fault }

  /// A convolution; `stride`, `dilation` and `padding` hold one number per spatial axis.
  public init(
    weights: Tensor, bias: Tensor? = nil, stride: [Int]? = nil, dilation: [Int]? = nil,
    padding: Padding? = nil, groups: Int = 1, activation: ActivationFunction = .linear
  ) {
    self.weights = weights
    self.bias = bias
    self.groups = groups
    self.activation = activation
    unitCount = weights.shape.first ?? 0
    window = SlidingWindow(
      kernel: Array(weights.shape.dropFirst().dropLast()), stride: stride, dilation: dilation,
      padding: padding)
  }

  /// Some of the output channels, ascending; of one group alone.
  func selecting(_ units: [Int]) -> Convolution {
    var part = Convolution(
      weights: weights.selectingRows(units), bias: bias?.selectingRows(units),
      stride: window.stride, dilation: window.dilation, padding: window.padding,
      activation: activation)
    part.unitCount = unitCount
    return part
  }

  /// The same with another padding.
  func padded(_ padding: Padding) -> Convolution {
    var part = Convolution(
      weights: weights, bias: bias, stride: window.stride, dilation: window.dilation,
      padding: padding, groups: groups, activation: activation)
    part.unitCount = unitCount
    return part
  }

  /// The same over slices into whose channels the windows along the depth are gathered (`DepthGathering`).
  var overGatheredDepth: Convolution {
    let flat = window.acrossSlices
    var part = Convolution(
      weights: weights.gatheringDepth, bias: bias, stride: flat.stride, dilation: flat.dilation,
      padding: flat.padding, groups: groups, activation: activation)
    part.unitCount = unitCount
    return part
  }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let input = inputs[0]
    guard (3...5).contains(input.count), weights.rank == input.count else {
      throw ShapeError(
        "weights of shape \(weights.shape) need an input of 3 to 5 axes, as many as they have")
    }
    let channels = input[layout.channelAxis(rank: input.count)]
    let outputs = weights.shape[0]
    // Of weights that there are, no more groups than outputs: their product does not overflow.
    guard weights.count > 0, groups > 0, outputs % groups == 0,
      weights.shape[weights.rank - 1] * groups == channels
    else {
      throw ShapeError(
        "weights \(weights.shape) in \(groups) groups do not fit \(channels) channels")
    }
    if let bias, bias.count != outputs {
      throw ShapeError("\(bias.count) biases for \(outputs) output channels")
    }
    let placements = try window.placements(for: Array(input[layout.spatialAxes(rank: input.count)]))
    return [
      layout.shape(batch: input[0], spatial: placements.map(\.output), channels: outputs)
    ]
  }

  public func multiplyAdds(inputs: [[Int]], outputs: [[Int]]) -> Int {
    outputs[0].reduce(1, *).multipliedClamped(by: weights.count / weights.shape[0])
  }
}
