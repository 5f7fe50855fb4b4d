/// Fully connected layers.
extension LayerDefinition {
  /// A fully connected layer with random weights, on the last axis of what it reads; named `dense`.
  ///
  /// - Parameter units: the numbers of the result.
  public static func dense(
    _ units: Int, bias: Bool = true, activation: ActivationFunction = .linear, name: String? = nil
  ) -> LayerDefinition {
    LayerDefinition("Dense", name, defaultName: "dense") { site throws(ShapeError) in
      let inputs = try site.extent(of: site.shape.count - 1)
      try site.check(units, "units")
      return Dense(
        weights: try site.weights.weights(
          [units, inputs], fanIn: Double(inputs), fanOut: Double(units)),
        bias: bias ? Tensor(shape: [units]) : nil, activation: activation)
    }
  }

  /// A fully connected layer with given weights, on the last axis of what it reads; named `dense`.
  ///
  /// - Parameters:
  ///   - weights: `[units, inputs]`, as PyTorch's are; Keras' are `weights.transposed([1, 0])`.
  ///   - bias: a number for each unit.
  public static func dense(
    weights: Tensor, bias: Tensor? = nil, activation: ActivationFunction = .linear,
    name: String? = nil
  ) -> LayerDefinition {
    LayerDefinition("Dense", name, defaultName: "dense") { _ in
      Dense(weights: weights, bias: bias, activation: activation)
    }
  }
}
