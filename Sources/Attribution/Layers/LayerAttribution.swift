public import FeatureVisualization

/// How much the parts of a layer's output speak for an objective: its activations a times their gradients ∂s/∂a.
///
/// The product says what s would lose without a part, as far as s is linear in the layer. Tokens are laid out on the grid of the
/// patches that they come from, without a class token; a layer without positions is one of one position.
/// Olah et al. 2018, https://distill.pub/2018/building-blocks.
public struct LayerAttribution: Sendable {
  /// The layer's output, `[N, H, W, C]`.
  public let activations: Tensor
  /// `∂s/∂a`, in the same shape.
  public let gradient: Tensor

  /// `Σ_c a_c ∂s/∂a_c` of each position, `[N, H, W, 1]`.
  public var positions: AttributionMap {
    let products = zip(activations.elements, gradient.elements).map { $0 * $1 }
    return AttributionMap(Tensor(shape: activations.shape, elements: products), isSigned: true)
      .reduced(by: .sum)
  }

  /// `Σ a_c ∂s/∂a_c` over positions of each channel, `[N, C]`.
  public var channels: Tensor {
    let channelCount = activations.shape[3]
    var elements: [Float] = []
    for picture in 0..<activations.pictureCount {
      let (values, slopes) = (activations[picture: picture], gradient[picture: picture])
      var sums = [Double](repeating: 0, count: channelCount)
      for index in values.indices {
        sums[index % channelCount] += Double(values[index]) * Double(slopes[index])
      }
      elements += sums.map { Float($0) }
    }
    return Tensor(shape: [activations.pictureCount, channelCount], elements: elements)
  }

  /// `Σ_p Σ_c S_pg V_gc ∂s/∂a_pc` of each group g, `[N, G]`: how much a group of channels speaks for the objective where it is
  /// active, such as a factor of a ≈ S V.
  ///
  /// - Parameters:
  ///   - strengths: S, how active each group is at each position, `[N, H, W, G]`.
  ///   - directions: V, the channels of each group, `[G, C]`.
  /// - Throws: `VisualizationError.invalidOperands` for other shapes.
  public func groups(strengths: Tensor, directions: Tensor) throws(VisualizationError) -> Tensor {
    let shape = activations.shape
    guard directions.rank == 2, directions.shape[1] == shape[3],
      strengths.shape == Array(shape.prefix(3)) + [directions.shape[0]]
    else {
      throw .invalidOperands(
        operation: "attribution of groups", shapes: [strengths.shape, directions.shape],
        reason: "strengths [N, H, W, G] and directions [G, C] are for a layer of shape \(shape)")
    }
    let (groups, channelCount) = (directions.shape[0], shape[3])
    let vectors = directions.span
    var elements: [Float] = []
    for picture in 0..<shape[0] {
      let (own, slopes) = (strengths[picture: picture], gradient[picture: picture])
      var sums = [Double](repeating: 0, count: groups)
      for position in 0..<shape[1] * shape[2] {
        for group in 0..<groups where own[position * groups + group] != 0 {
          var sum = 0.0
          for channel in 0..<channelCount {
            sum +=
              Double(vectors[group * channelCount + channel])
              * Double(slopes[position * channelCount + channel])
          }
          sums[group] += Double(own[position * groups + group]) * sum
        }
      }
      elements += sums.map { Float($0) }
    }
    return Tensor(shape: [shape[0], groups], elements: elements)
  }
}
