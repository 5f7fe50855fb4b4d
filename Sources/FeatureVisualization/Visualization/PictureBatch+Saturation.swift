// Activations that are flat where a run starts.

extension PictureBatch {
  /// A slope under which an activation hides the gradient behind it.
  private static var flat: Float { 1e-5 }

  /// A warning for each picture whose losses look at an activation that is flat at every unit they look at.
  ///
  /// To be asked for between the losses and the pullback: the taps' gradients tell which units are looked at.
  var saturationWarnings: [VisualizationWarning] {
    var warnings: [VisualizationWarning] = []
    for (tap, description) in feed.program.taps.enumerated() {
      guard let function = feed.activation(of: description.layer),
        function.slope(atOutput: 0) != nil
      else { continue }
      feed.workspace.withTap(tap) { values in
        feed.workspace.withTapGradient(tap) { gradient in
          let count = values.count / max(indices.count, 1)
          for (slot, index) in indices.enumerated() {
            let looked = (slot * count..<(slot + 1) * count).filter {
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
