import FeatureVisualization

/// How relevance passes a layer without weights.
enum Passage {
  /// Shared by contribution, `R_i = x_i · Σ_o ∂y_o/∂x_i · R_o / (y_o ± 10⁻⁶)`: sums, averages, norms and whatever else is
  /// proportional to its inputs, so that their contributions make up the output.
  case sharing
  /// By the ordinary gradient: what only moves elements, and maxima, of which the winner takes all.
  case routing
  /// Unchanged: activations, and normalizations, whose statistics count as constants.
  case passing
  /// All to the input at this place: what another input multiplies or divides it by is a gate.
  case gating(Int)
  /// Not at all, for this reason.
  case refused(String)
}

extension Passage {
  /// How relevance passes a layer.
  init(of layer: VisitedLayer) {
    switch layer.operation {
    case is Identity, is Reshape, is Flatten, is Squeeze, is Unsqueeze, is Transpose, is Slice,
      is Split, is Concatenation, is Pad, is Gather, is Expand, is Tile, is DepthToSpace,
      is SpaceToDepth, is Triangle, is Where, is TopElements:
      self = .routing
    case is IndexedGather, is IndexedScatter:
      self = Self.constant(.routing, in: layer, besides: "indices that depend on the picture")
    case let pooling as Pooling: self = pooling.reduction == .maximum ? .routing : .sharing
    case let pooling as GlobalPooling: self = pooling.reduction == .maximum ? .routing : .sharing
    case let reduction as Reduction: self = Self.passage(of: reduction)
    case is Resize, is CumulativeSum: self = .sharing
    case is MatrixMultiplication:
      self = Self.constant(.sharing, in: layer, besides: "a product of two computed values")
    case is GridSampling:
      self = Self.constant(.sharing, in: layer, besides: "places that depend on the picture")
    case let arithmetic as Arithmetic: self = Self.passage(of: arithmetic, in: layer)
    case let activation as Activation:
      self =
        activation.function.coupledAxis == nil || layer.isStart
        ? .passing : .refused("a softmax in the midst of a network")
    case is BatchNormalization, is LocalResponseNormalization, is any AxisNormalization,
      is LpNormalization, is Quantization, is Dequantization, is DynamicQuantization,
      is MathFunction:
      self = .passing
    default: self = .refused("an operation that has no rule")
    }
  }

  /// What holds where only one input depends on the picture.
  private static func constant(_ passage: Passage, in layer: VisitedLayer, besides reason: String)
    -> Passage
  {
    let isOnlyOne = layer.changing.count == 1
    let holds = layer.operation is MatrixMultiplication ? isOnlyOne : isOnlyOne && layer.changes[0]
    return holds ? passage : .refused(reason)
  }

  private static func passage(of reduction: Reduction) -> Passage {
    switch reduction.operator {
    case .sum, .mean, .l1Norm, .l2Norm: .sharing
    case .maximum, .minimum: .routing
    case .sumOfSquares, .product, .logSum, .logSumExp: .refused("no sum of contributions")
    }
  }

  private static func passage(of arithmetic: Arithmetic, in layer: VisitedLayer) -> Passage {
    let (isPair, keepsShape) = (
      layer.changing.count == 2, layer.inputs[layer.changing[0]].count == layer.outputs[0].count
    )
    switch arithmetic.operator {
    case .add, .subtract: return isPair || !keepsShape ? .sharing : .passing
    case .maximum, .minimum: return isPair || !keepsShape ? .routing : .passing
    case .multiply:
      guard isPair else { return .sharing }
      let gates = layer.inputs.indices.filter { layer.gates[$0] }
      guard let gate = gates.first, gates.count == 1 else {
        return .refused("a product of two computed values of which neither is a gate")
      }
      return .gating(1 - gate)
    case .divide where isPair: return .gating(0)
    case .divide where layer.changes[0]: return .sharing
    case .divide, .power, .remainder, .modulo:
      return isPair || !keepsShape ? .refused("no sum of contributions") : .passing
    }
  }
}
