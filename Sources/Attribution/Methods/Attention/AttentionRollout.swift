public import FeatureVisualization

/// Attention rollout: how much of each patch reaches the end through all layers of attention, whatever the objective.
///
/// Each layer's attention, the mean over its heads, is mixed with what residual sums hand past it, `½ A + ½ I`, its rows are
/// normalised to a sum of 1, and the layers are multiplied, the last one first. The map is the row of the class token, or the
/// mean of the rows where there is none, over the grid of patches.
///
/// Attention is found in the graph: every softmax before the objective that writes `[N, heads, T, T]`, or `[heads, T, T]`, rows for T
/// tokens.
/// Abnar and Zuidema 2020, https://arxiv.org/abs/2005.00928.
public struct AttentionRollout: AttributionMethod {
  public var name: String { "attention-rollout" }

  /// The mean over heads, with residual sums at a half.
  public init() {}

  /// The map, `[1, H, W, 1]`.
  ///
  /// - Throws: `VisualizationError.incompatible` where the objective depends on no attention, on that of other tokens than
  ///   patches, or tokens are no grid.
  /// - Complexity: a forward pass, and O(layers · T³).
  public func attribution(of question: AttributionQuestion) throws(VisualizationError)
    -> AttributionMap
  {
    let attention = try AttentionMatrices(question)
    let grid = try question.positionedLayer().grid
    let tokens = attention.tokenCount
    guard grid.isOfTokens,
      grid.leadingTokens + grid.rows * grid.columns + grid.trailingTokens == tokens
    else {
      throw .incompatible(
        "attention rollout", "attention over \(tokens) tokens",
        reason: "they are no grid of patches: name a layer of tokens that is one")
    }
    var rollout = identity(tokens)
    for matrix in attention.matrices {
      rollout = multiplied(mixed(matrix, tokens), rollout, tokens)
    }
    let first = grid.leadingTokens
    let read = first > 0 ? 0..<1 : 0..<tokens
    let patches = (first..<first + grid.rows * grid.columns).map { patch in
      Float(read.reduce(0.0) { $0 + rollout[$1 * tokens + patch] } / Double(read.count))
    }
    let map = Tensor(shape: [1, grid.rows, grid.columns, 1], elements: patches)
    return try AttributionMap(map, isSigned: false)
      .resized(height: question.picture.shape[1], width: question.picture.shape[2])
  }

  private func identity(_ count: Int) -> [Double] {
    (0..<count * count).map { $0 / count == $0 % count ? 1 : 0 }
  }

  /// `½ A + ½ I`, each row divided by its sum.
  private func mixed(_ matrix: [Double], _ count: Int) -> [Double] {
    var result = matrix
    for row in 0..<count {
      let range = row * count..<(row + 1) * count
      for place in range { result[place] *= 0.5 }
      result[row * count + row] += 0.5
      let sum = result[range].reduce(0, +)
      guard sum > 0 else { continue }
      for place in range { result[place] /= sum }
    }
    return result
  }

  private func multiplied(_ left: [Double], _ right: [Double], _ count: Int) -> [Double] {
    var result = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      for inner in 0..<count {
        let factor = left[row * count + inner]
        guard factor != 0 else { continue }
        for column in 0..<count {
          result[row * count + column] += factor * right[inner * count + column]
        }
      }
    }
    return result
  }
}

extension AttributionMethod where Self == AttentionRollout {
  /// How much of each patch reaches the end through all layers of attention, whatever the objective.
  public static var attentionRollout: AttentionRollout { AttentionRollout() }
}
