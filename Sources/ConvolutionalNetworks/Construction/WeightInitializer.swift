/// Where weights come from that nobody gave: uniform numbers of a variance that keeps activations in range.
struct WeightInitializer {
  /// How far the numbers spread.
  enum Scheme: Sendable {
    /// `±√(6 / fan-in)`, for layers that a rectifier reads. He et al. 2015, https://arxiv.org/abs/1502.01852.
    case he
    /// `±√(6 / (fan-in + fan-out))`. Glorot and Bengio 2010, https://proceedings.mlr.press/v9/glorot10a.html.
    case glorot
    /// Only shapes are wanted: nothing is written.
    case none
  }

  let scheme: Scheme
  private(set) var generator: SeededGenerator

  init(_ scheme: Scheme, _ generator: SeededGenerator = SeededGenerator(seed: 0)) {
    (self.scheme, self.generator) = (scheme, generator)
  }

  /// Weights that `fanIn` inputs reach each output through, and each input `fanOut` outputs.
  mutating func weights(_ shape: [Int], fanIn: Double, fanOut: Double) throws(ShapeError) -> Tensor
  {
    guard Int(elementsOf: shape) != nil, var weights = Tensor(allocating: shape) else {
      throw ShapeError("there is no memory for weights of shape \(shape)")
    }
    let variance: Double
    switch scheme {
    case .none: return weights
    case .he: variance = 2 / fanIn
    case .glorot: variance = 2 / (fanIn + fanOut)
    }
    let bound = (3 * variance).squareRoot()
    weights.withUnsafeMutableBufferPointer { elements in
      for index in elements.indices {
        elements[index] = Float(bound * (2 * generator.uniform() - 1))
      }
    }
    return weights
  }
}
