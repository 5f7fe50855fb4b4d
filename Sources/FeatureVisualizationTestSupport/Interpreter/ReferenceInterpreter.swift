import ConvolutionalNetworks

/// Computes a network plainly in double precision: the oracle for gradients, fusions and fast kernels.
///
/// Nothing is compiled, fused or rearranged. Values have the network's logical axis order inside; tensors are
/// handed in and out as `Program` does it, feature maps as `[N, H, W, C]`. In a channels-first network an
/// input of at least three axes whose channel axis is 1 is a feature map, and so are the results of
/// convolution, pooling and normalization, which elementwise operations (and mean, if it keeps its axes)
/// pass on.
///
///     let evaluation = try ReferenceInterpreter(network).evaluate(["data": picture], taps: ["prob"])
///     let probabilities = try evaluation.value(of: "prob")
///     let gradient = try evaluation.gradient(of: ["prob": seed], withRespectTo: "data")
public struct ReferenceInterpreter: Sendable {
  /// The network computed.
  public let network: NeuralNetwork

  /// An interpreter of `network`.
  public init(_ network: NeuralNetwork) { self.network = network }

  /// Computes every value that `taps` depend on.
  ///
  /// - Parameter inputs: a tensor for each input by name, feature maps as `[N, H, W, C]`.
  /// - Throws: `VisualizationError` naming the layer or input at fault.
  /// - Complexity: about a nanosecond for a multiplication of a convolution, on each of two cores.
  public func evaluate(_ inputs: [String: DoubleTensor], taps: [LayerID]) throws(VisualizationError)
    -> ReferenceEvaluation
  {
    var values: [String] = []
    for tap in taps { values.append(try network.value(of: tap)) }
    let shapes = try network.logicalInputShapes(inputs.mapValues(\.shape))
    var evaluation = ReferenceEvaluation(of: network)
    for input in network.inputs {
      guard let shape = shapes[input.name], let tensor = inputs[input.name] else { continue }
      evaluation.append(input, tensor, logicalRank: shape.count)
    }
    for position in network.ancestors(of: values) {
      try evaluation.append(network.layers[position])
    }
    return evaluation
  }
}
