import FeatureVisualization

/// How DeepLIFT's multipliers pass layers: the change of the objective for each change from the reference.
struct MultiplierPass: BackwardPass {
  /// What layers write at the reference.
  let reference: LayerValues

  /// Changes of less than this are taken for none: the gradient stands for the quotient.
  private static let leastChange: Float = 1e-6
  /// The points of the line between what layers read at both, where a gradient is averaged.
  private let line: Quadrature

  init(reference: LayerValues) throws(VisualizationError) {
    self.reference = reference
    line = try Quadrature(.gaussLegendre, points: 8)
  }

  func pass(_ arriving: [Tensor?], back layer: VisitedLayer) throws(VisualizationError)
    -> [Tensor?]
  {
    switch Change(of: layer) {
    case .linear: return try layer.gradients(arriving)
    case .elementwise(let place):
      guard let arriving = arriving[0] else { return [] }
      return try rescaled(arriving, layer, place)
    case .maximum:
      guard let arriving = arriving[0] else { return [] }
      return [try multipliersOfMaxima(arriving, layer)]
    case .general: return try averaged(arriving, layer)
    }
  }

  /// `m_x = m_y · Δy / Δx`, the rescale rule.
  private func rescaled(_ arriving: Tensor, _ layer: VisitedLayer, _ place: Int)
    throws(VisualizationError) -> [Tensor?]
  {
    let gradients = try layer.gradients([arriving])
    let input = layer.inputs[place]
    let changes = try zip3(
      try input.combined(with: reference[layer.reads[place]], -),
      try layer.outputs[0].combined(with: reference[layer.writes[0]], -)
        .combined(with: arriving, *).reshaped(to: input.shape),
      gradients[place] ?? Tensor(shape: input.shape)
    ) { change, raised, gradient in
      abs(change) < Self.leastChange ? gradient : raised / change
    }
    return layer.inputs.indices.map { $0 == place ? changes : nil }
  }

  /// Winners at the picture take what the maximum rose by, and winners at the reference what it fell by.
  ///
  /// As SHAP's DeepLIFT does: https://github.com/shap/shap.
  private func multipliersOfMaxima(_ arriving: Tensor, _ layer: VisitedLayer)
    throws(VisualizationError) -> Tensor
  {
    let (input, before) = (layer.inputs[0], reference[layer.reads[0]])
    let (output, outputBefore) = (layer.outputs[0], reference[layer.writes[0]])
    let run = try layer.run()
    func passed(
      _ point: Tensor, _ share: (_ now: Float, _ before: Float) -> Float
    ) throws(VisualizationError) -> Tensor {
      let change = try output.combined(with: outputBefore, share).combined(with: arriving, *)
      _ = run.outputs(of: [point])
      return run.pullBack([change])[0] ?? Tensor(shape: input.shape)
    }
    let contributions = try passed(input) { max($0, $1) - $1 }
      .combined(with: try passed(before) { $0 - max($0, $1) }, +)
    let gradient = try layer.gradients([arriving])[0] ?? Tensor(shape: input.shape)
    return try zip3(try input.combined(with: before, -), contributions, gradient) {
      abs($0) < Self.leastChange ? $2 : $1 / $0
    }
  }

  /// The mean of the gradient along the line from the reference to the picture, which is complete for whatever function; for
  /// products of two it is exact.
  private func averaged(_ arriving: [Tensor?], _ layer: VisitedLayer) throws(VisualizationError)
    -> [Tensor?]
  {
    let run = try layer.run()
    var sums: [Tensor?] = []
    for (place, weight) in zip(line.nodes, line.weights).map({ (Float($0), Float($1)) }) {
      var point: [Tensor] = []
      for (index, input) in layer.inputs.enumerated() {
        guard layer.changes[index] else {
          point.append(input)
          continue
        }
        point.append(
          try reference[layer.reads[index]].combined(with: input) { $0 + place * ($1 - $0) })
      }
      _ = run.outputs(of: point)
      let gradients = run.pullBack(arriving)
      if sums.isEmpty { sums = gradients.map { $0.map { Tensor(shape: $0.shape) } } }
      for (index, gradient) in gradients.enumerated() {
        guard let gradient, let sum = sums[index] else { continue }
        sums[index] = try sum.combined(with: gradient) { $0 + weight * $1 }
      }
    }
    return sums
  }

  private func zip3(
    _ first: Tensor, _ second: Tensor, _ third: Tensor,
    _ combine: (Float, Float, Float) -> Float
  ) throws(VisualizationError) -> Tensor {
    let thirds = third.span
    var index = -1
    return try first.combined(with: second) {
      index += 1
      return combine($0, $1, thirds[index])
    }
  }
}

/// How a layer's output changes with its inputs.
private enum Change {
  /// In proportion.
  case linear
  /// Element by element with the input at this place.
  case elementwise(Int)
  /// As the largest of a window's elements.
  case maximum
  /// In any other way.
  case general

  init(of layer: VisitedLayer) {
    if WeightedOperation(layer.operation) != nil {
      self = .linear
      return
    }
    switch layer.operation {
    case is BatchNormalization, is Dequantization: self = .linear
    case let pooling as Pooling where pooling.reduction == .maximum: self = .maximum
    case let pooling as GlobalPooling where pooling.reduction == .maximum: self = .maximum
    case let reduction as Reduction where reduction.operator == .maximum: self = .maximum
    case let pooling as Pooling:
      if case .average = pooling.reduction { self = .linear } else { self = .general }
    case is GlobalPooling, is Resize, is CumulativeSum: self = .linear
    case let reduction as Reduction:
      self = reduction.operator == .sum || reduction.operator == .mean ? .linear : .general
    case is Where, is TopElements: self = .general
    case let activation as Activation where activation.function.coupledAxis == nil:
      self = .elementwise(0)
    case is MathFunction, is Quantization: self = .elementwise(0)
    case is MatrixMultiplication: self = layer.changing.count == 1 ? .linear : .general
    case let arithmetic as Arithmetic: self = Self.change(of: arithmetic, in: layer)
    case is any AxisNormalization, is LocalResponseNormalization, is LpNormalization:
      self = .general
    default:
      if case .routing = Passage(of: layer) { self = .linear } else { self = .general }
    }
  }

  private static func change(of arithmetic: Arithmetic, in layer: VisitedLayer) -> Change {
    let place = layer.changing[0]
    switch arithmetic.operator {
    case .add, .subtract: return .linear
    case .multiply where layer.changing.count == 1: return .linear
    case .divide where layer.changing == [0]: return .linear
    default:
      let keepsShape = layer.inputs[place].count == layer.outputs[0].count
      return layer.changing.count == 1 && keepsShape ? .elementwise(place) : .general
    }
  }
}
