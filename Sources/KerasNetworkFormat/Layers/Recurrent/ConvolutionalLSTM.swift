internal import ConvolutionalNetworks

/// An LSTM whose products are convolutions: ConvLSTM1D, ConvLSTM2D and ConvLSTM3D.
///
/// With the gates i, f, g and o, `c ← f · c + i · g` and `h ← o · activation(c)`. Shi et al. 2015,
/// https://keras.io/api/layers/recurrent_layers/conv_lstm2d/.
struct ConvolutionalLSTM {
  private let recurrentConvolution: Convolution
  private let filters: Int
  private let gate: LayerActivation
  private let content: LayerActivation
  /// The axis of the maps' channels.
  private let axis: Int
  /// The shape of the maps of all gates.
  private let shape: [Int?]

  init(_ layer: LayerConfiguration, _ weights: LayerWeights, axis: Int, shape: [Int?])
    throws(KerasError.Problem)
  {
    let axes = layer.spatialAxisCount
    filters = try layer.count("filters")
    gate = try layer.activation("recurrent_activation")
    content = try layer.activation()
    self.axis = axis
    self.shape = shape
    let size = try layer.extents("kernel_size", axes: axes)
    recurrentConvolution = Convolution(
      weights: try weights.tensor("recurrent_kernel", size + [filters, 4 * filters])
        .transposed([axes + 1] + Array(0...axes)),
      stride: size.map { _ in 1 }, dilation: size.map { _ in 1 }, padding: .sameUpper)
  }

  /// What the gates of a step are made of: what its input makes, and what the state before makes.
  func sums(_ input: Formula, state: Formula?) -> Formula {
    state.map { input + Formula(recurrentConvolution, $0) } ?? input
  }

  /// The cell after a step; no cell before is 0.
  func cell(_ sums: Formula, before cell: Formula?) throws(KerasError.Problem) -> Formula {
    let new = try part(0, of: sums, gate) * part(2, of: sums, content)
    guard let cell else { return new }
    return try part(1, of: sums, gate) * cell + new
  }

  /// The state after a step.
  func state(_ sums: Formula, cell: Formula) throws(KerasError.Problem) -> Formula {
    try part(3, of: sums, gate) * content.applied(to: cell, shape: shape)
  }

  private func part(_ number: Int, of sums: Formula, _ activation: LayerActivation)
    throws(KerasError.Problem) -> Formula
  {
    let channels = (number * filters)..<((number + 1) * filters)
    return try activation.applied(to: sums.slice(channels, axis: axis), shape: shape)
  }
}
