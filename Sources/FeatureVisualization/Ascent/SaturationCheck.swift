// Activations that are flat where a run starts.

extension Ascent {
  /// A slope under which an activation hides the gradient behind it.
  private static var flat: Float { 1e-5 }

  /// A warning for each picture whose losses look at an activation that is flat at every unit they look at.
  ///
  /// To be asked for between the losses and the pullback: the taps' gradients tell which units are looked at.
  func saturationWarnings(_ rows: RowBatch) -> [VisualizationWarning] {
    rows.feed.drainGradients()
    var warnings: [VisualizationWarning] = []
    for (tap, description) in rows.feed.program.taps.enumerated() {
      guard let function = activationsByLayer[description.layer], function.slope(atOutput: 0) != nil
      else { continue }
      rows.feed.workspace.withTap(tap) { values in
        rows.feed.workspace.withTapGradient(tap) { gradient in
          let count = values.count / max(rows.pictures.count, 1)
          for (row, index) in rows.pictures.enumerated().prefix(candidates.count) {
            let looked = (row * count..<(row + 1) * count).filter {
              gradient.indices.contains($0) && gradient[$0] != 0
            }
            let slopes = looked.compactMap { function.slope(atOutput: values[$0]) }
            guard let steepest = slopes.max(), steepest < Self.flat else { continue }
            warnings.append(
              .saturated(
                layer: description.layer, activation: Activation(function).kind.lowercased(),
                picture: index))
          }
        }
      }
    }
    return warnings
  }
}

extension ActivationFunction {
  /// The slope of a function that saturates, where its output is `y`; `nil` for any other function.
  func slope(atOutput y: Float) -> Float? {
    switch self {
    case .sigmoid, .softmax: y * (1 - y)
    case .tanh: 1 - y * y
    case .softsign: (1 - abs(y)) * (1 - abs(y))
    case .hardSigmoid(let alpha, _): y > 0 && y < 1 ? alpha : 0
    default: nil
    }
  }
}

extension NeuralNetwork {
  /// The activations that layers end with, by their names.
  var activationsByLayer: [String: ActivationFunction] {
    Dictionary(
      layers.compactMap { layer in layer.operation.finalActivation.map { (layer.name, $0) } }
    ) { first, _ in first }
  }
}
