/// A fully connected layer: `y[…, o] = Σ_i x[…, i] · weights[o, i] + bias[o]`.
public struct Dense: LayerOperation {
  /// `[units, inputs]`: a unit's weights lie together, so that one class reads one row.
  public let weights: Tensor
  /// One number per unit.
  public let bias: Tensor?
  /// Applied to the result, for formats that fuse an activation into the layer.
  public let activation: ActivationFunction

  public var kind: String { "Dense" }
  public var parameterCount: Int {
    weights.count + (bias?.count ?? 0) + activation.parameterCount
  }

  /// A fully connected layer with weights of shape `[units, inputs]`.
  public init(weights: Tensor, bias: Tensor? = nil, activation: ActivationFunction = .linear) {
    self.weights = weights
    self.bias = bias
    self.activation = activation
  }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    guard weights.rank == 2, let width = inputs[0].last, weights.shape[1] == width else {
      throw ShapeError("weights \(weights.shape) ([units, inputs]) do not fit the last axis")
    }
    if let bias, bias.count != weights.shape[0] {
      throw ShapeError("\(bias.count) biases for \(weights.shape[0]) units")
    }
    return [Array(inputs[0].dropLast()) + [weights.shape[0]]]
  }

  public func multiplyAdds(inputs: [[Int]], outputs: [[Int]]) -> Int {
    outputs[0].reduce(1, *) * weights.shape[1]
  }
}
