/// A fully connected layer: `y[…, o] = Σ_i x[…, i] · weights[o, i] + bias[o]`.
public struct Dense: LayerOperation {
  /// `[units, inputs]`.
  ///
  /// - Complexity: O(1), but a copy of more than 2²⁴ weights, which lie in parts, and in a layer of a network straight
  ///   behind a rectifier, whose weights lie by inputs.
  public var weights: Tensor { matrix.weights }
  /// The weights in the order in which they lie.
  let matrix: DenseMatrix
  /// One number per unit.
  public let bias: Tensor?
  /// Applied to the result, for formats that fuse an activation into the layer.
  public let activation: ActivationFunction

  public var kind: String { "Dense" }
  public var parameters: [LayerParameter] {
    // Weights that are not finite are not split.
    [LayerParameter("weights", matrix.lines, isEncoded: matrix.order == .byUnitsSplit)]
      + LayerParameter.list(["bias": bias]) + activation.parameters
  }
  public var fault: String? { activation.fault }

  /// A fully connected layer with weights of shape `[units, inputs]`.
  ///
  /// - Complexity: O(1); O(n) for more than 2²⁴ weights, which are brought into another order where they are, unless
  ///   somebody else holds them.
  public init(
    weights: consuming Tensor, bias: Tensor? = nil, activation: ActivationFunction = .linear
  ) {
    self.init(matrix: DenseMatrix(weights), bias: bias, activation: activation)
  }

  init(matrix: DenseMatrix, bias: Tensor?, activation: ActivationFunction) {
    self.matrix = matrix
    self.bias = bias
    self.activation = activation
  }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let shape = matrix.shape
    guard shape.count == 2, let width = inputs[0].last, shape[1] == width else {
      throw ShapeError("weights \(shape) ([units, inputs]) do not fit the last axis")
    }
    if let bias, bias.count != shape[0] {
      throw ShapeError("\(bias.count) biases for \(shape[0]) units")
    }
    return [Array(inputs[0].dropLast()) + [shape[0]]]
  }

  public func multiplyAdds(inputs: [[Int]], outputs: [[Int]]) -> Int {
    outputs[0].reduce(1, *) * matrix.shape[1]
  }
}
