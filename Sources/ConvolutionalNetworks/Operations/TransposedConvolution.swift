/// A transposed convolution over one to three spatial axes: the adjoint of a `Convolution`, which enlarges maps.
///
/// `y[n, p·stride + k·dilation − padding, o] += x[n, p, c] · weights[c, k, o]`, plus `bias[o]`, with the
/// channels split into `groups` that do not mix. Dumoulin and Visin 2016, §4.
public struct TransposedConvolution: LayerOperation {
  /// `[inputChannels, kernelHeight, kernelWidth, outputChannels / groups]`; one kernel axis in 1-D, the
  /// depth's before the others in 3-D.
  public let weights: Tensor
  /// One number per output channel.
  public let bias: Tensor?
  /// Stride, dilation and the cells cut off the result; SAME makes it as large as the input times the stride.
  public let window: SlidingWindow
  /// Cells added after the end of the result, one number per spatial axis.
  public let outputPadding: [Int]
  /// The spatial extents of the result, which then decide what is cut off; `nil` leaves it to the padding.
  public let outputExtents: [Int]?
  /// The number of groups that input and output channels are split into.
  public let groups: Int

  public var kind: String { "TransposedConvolution" }
  public var parameters: [LayerParameter] {
    LayerParameter.list(["weights": weights, "bias": bias])
  }

  /// The output channels of all groups.
  public var outputChannels: Int { weights.shape[weights.rank - 1] * groups }

  /// A transposed convolution; `stride`, `dilation`, `padding` and `outputPadding` hold one number per
  /// spatial axis.
  public init(
    weights: Tensor, bias: Tensor? = nil, stride: [Int]? = nil, dilation: [Int]? = nil,
    padding: Padding? = nil, outputPadding: [Int]? = nil, outputExtents: [Int]? = nil,
    groups: Int = 1
  ) {
    self.weights = weights
    self.bias = bias
    self.groups = groups
    let kernel = Array(weights.shape.dropFirst().dropLast())
    window = SlidingWindow(kernel: kernel, stride: stride, dilation: dilation, padding: padding)
    self.outputPadding = outputPadding ?? kernel.map { _ in 0 }
    self.outputExtents = outputExtents
  }

  /// The same of each slice by itself, with the windows along the depth in the channels of its result, and without bias
  /// (`DepthScattering`).
  ///
  /// - Parameter depth: the number of slices.
  func ofEachSlice(depth: Int) -> TransposedConvolution {
    let flat = window.acrossSlices
    return TransposedConvolution(
      weights: weights.gatheringDepth, stride: flat.stride, dilation: flat.dilation,
      padding: flat.padding, outputPadding: [0] + outputPadding.dropFirst(),
      outputExtents: outputExtents.map { [depth] + $0.dropFirst() }, groups: groups)
  }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let input = inputs[0]
    guard (3...5).contains(input.count), weights.rank == input.count else {
      throw ShapeError(
        "weights of shape \(weights.shape) need an input of 3 to 5 axes, as many as they have")
    }
    let channels = input[layout.channelAxis(rank: input.count)]
    guard groups > 0, groups <= 1 << 24, channels == weights.shape[0], channels % groups == 0,
      weights.count > 0
    else {
      throw ShapeError(
        "weights \(weights.shape) in \(groups) groups do not fit \(channels) channels")
    }
    if let bias, bias.count != outputChannels {
      throw ShapeError("\(bias.count) biases for \(outputChannels) output channels")
    }
    let placements = try placements(for: Array(input[layout.spatialAxes(rank: input.count)]))
    return [
      layout.shape(
        batch: input[0], spatial: placements.map(\.input), channels: outputChannels)
    ]
  }

  public func multiplyAdds(inputs: [[Int]], outputs: [[Int]]) -> Int {
    inputs[0].reduce(1, *).multipliedClamped(by: weights.count / weights.shape[0])
  }

  /// The placements of the convolution whose adjoint this is: their input is the result.
  package func placements(for spatial: [Int]) throws(ShapeError) -> [SlidingWindow.Placement] {
    try window.check(axes: spatial.count)
    guard outputPadding.count == spatial.count,
      (outputPadding + (outputExtents ?? [])).allSatisfy({ (0...1 << 32).contains($0) }),
      outputExtents.map({ $0.count == spatial.count }) ?? true
    else {
      throw ShapeError(
        "output padding \(outputPadding) and extents \(outputExtents ?? []) for \(spatial.count) axes"
      )
    }
    var result: [SlidingWindow.Placement] = []
    for axis in spatial.indices { result.append(try placement(axis, extent: spatial[axis])) }
    return result
  }

  private func placement(_ axis: Int, extent: Int) throws(ShapeError) -> SlidingWindow.Placement {
    let reach = window.dilation[axis] * (window.kernel[axis] - 1) + 1
    guard (1...1 << 32).contains(extent) else { throw ShapeError("a map of \(extent) cells") }
    let full = window.stride[axis] * (extent - 1) + reach + outputPadding[axis]
    let output: Int
    let before: Int
    if case .explicit(let allBefore, let allAfter) = window.padding, outputExtents == nil {
      before = allBefore[axis]
      output = full - before - allAfter[axis]
    } else {
      output = outputExtents?[axis] ?? extent * window.stride[axis]
      // A result that is larger than the windows reach has empty cells at its end.
      let cut = max(full - output, 0)
      before = window.padding == .sameUpper ? cut / 2 : cut - cut / 2
    }
    guard output > 0 else { throw ShapeError("nothing is left of \(full) cells") }
    return SlidingWindow.Placement(
      input: output, output: extent, kernel: window.kernel[axis], stride: window.stride[axis],
      dilation: window.dilation[axis], paddingBefore: before, paddingAfter: 0)
  }
}
