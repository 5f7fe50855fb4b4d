public import FeatureVisualization

/// How relevance passes a layer with weights, from its outputs to its inputs.
///
///     struct Halves: LayerwiseRule {
///       let name = "halves"
///       func relevance(of layer: LinearLayer, _ arriving: Tensor) throws(VisualizationError) -> Tensor {
///         let all = try layer.part()
///         let positive = try layer.part { max($0, 0) }
///         …
///       }
///     }
///
/// Rules see dense layers, convolutions and transposed convolutions; batch normalization is merged into them before.
public protocol LayerwiseRule: Sendable {
  /// What reports call it, such as `epsilon`.
  var name: String { get }

  /// The relevance of each input of the layer.
  ///
  /// A rule that is conservative shares out what arrives: `Σ_i relevance[i] = Σ_o arriving[o]`, less what biases take.
  ///
  /// - Parameters:
  ///   - layer: the layer, with what it reads.
  ///   - arriving: the relevance of each output, in the shape of the outputs.
  /// - Returns: in the shape of the layer's input.
  /// - Throws: `VisualizationError`.
  func relevance(of layer: LinearLayer, _ arriving: Tensor) throws(VisualizationError) -> Tensor
}

/// A layer with weights as a rule sees it: `z_o = Σ_i x_i · w_io + b_o`, in the axis order of the network's file.
public struct LinearLayer {
  /// The layer's name.
  public let name: String
  /// What it reads.
  public let input: Tensor
  /// The weights and what kind of layer they are of.
  public let operation: WeightedOperation
  /// The least and the largest value that each element of the input can have for any picture, where no layer with weights
  /// comes before; `nil` elsewhere.
  public let inputBounds: (low: Tensor, high: Tensor)?
  let visited: VisitedLayer

  /// The layer as it is.
  ///
  /// - Throws: `VisualizationError` where it takes too much memory.
  public func part() throws(VisualizationError) -> LinearPart {
    LinearPart(run: try visited.run(), input: input)
  }

  /// The layer with other weights, and perhaps for another input.
  ///
  /// - Parameters:
  ///   - input: what it reads; its own input unless given.
  ///   - includesBias: whether biases count, changed as weights are.
  ///   - change: what each weight, and each bias, becomes.
  /// - Throws: `VisualizationError` for an input of another shape, and where it takes too much memory.
  public func part(
    at input: Tensor? = nil, includesBias: Bool = true, _ change: (Float) -> Float
  ) throws(VisualizationError) -> LinearPart {
    let input = input ?? self.input
    guard input.shape == self.input.shape else {
      throw .invalidOperands(
        operation: "layer '\(name)'", shapes: [self.input.shape, input.shape],
        reason: "a rule hands in another shape than the layer reads")
    }
    let bias = includesBias ? operation.bias : nil
    let changed = operation.with(
      weights: operation.weights.map(change), bias: bias.map { $0.map(change) })
    return LinearPart(run: try visited.run(changed), input: input)
  }
}

extension LinearLayer {
  /// The shares of what positive inputs contribute by some weights, and negative inputs by others:
  /// `R_i = Σ_o (x_i⁺ v_io + x_i⁻ u_io) / (Σ_i … + b_o) · R_o`, sums stabilized by 10⁻⁶.
  ///
  /// Both ways an input and a weight of one sign speak for the output: the α-β and γ rules are made of this.
  ///
  /// - Parameters:
  ///   - arriving: the relevance of each output.
  ///   - ofPositive: what weights and biases become for positive inputs.
  ///   - ofNegative: what weights become for negative inputs.
  public func shares(
    of arriving: Tensor, _ ofPositive: (Float) -> Float, _ ofNegative: (Float) -> Float
  ) throws(VisualizationError) -> Tensor {
    let first = try part(at: input.positivePart, ofPositive)
    let second = try part(at: input.negativePart, includesBias: false, ofNegative)
    let scores = try arriving.divided(
      by: try first.output.combined(with: second.output, +), stabilizer: 1e-6)
    return try first.contributions(scores).combined(with: try second.contributions(scores), +)
  }
}

/// A layer with some of its weights: what it makes of an input, and what passes back through it.
public final class LinearPart {
  /// What it reads.
  public let input: Tensor
  /// `z_o = Σ_i x_i · w_io + b_o`.
  public let output: Tensor
  private let run: LayerRun
  private var isReady = true

  init(run: LayerRun, input: Tensor) {
    (self.run, self.input) = (run, input)
    output = run.outputs(of: [input])[0]
  }

  /// `Σ_o w_io · s_o` for each input.
  ///
  /// - Parameter scores: a number for each output, in their shape.
  public func pullBack(_ scores: Tensor) -> Tensor {
    if !isReady { _ = run.outputs(of: [input]) }
    isReady = false
    return run.pullBack([scores])[0] ?? Tensor(shape: input.shape)
  }

  /// `x_i · Σ_o w_io · s_o` for each input: what it contributes.
  public func contributions(_ scores: Tensor) throws(VisualizationError) -> Tensor {
    try input.combined(with: pullBack(scores), *)
  }
}
