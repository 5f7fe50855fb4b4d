internal import ConvolutionalNetworks
internal import NetworkFormats

/// A cell of a recurrent layer with its weights.
///
/// Keras keeps the weights of all gates beside one another, `[inputs, gates · units]`, in the order of
/// `RecurrentCell.gates`.
struct RecurrentLayerCell {
  let name: String
  private let cell: RecurrentCell
  private let inputWeights: Tensor
  private let recurrentWeights: Tensor
  private let inputBias: Tensor?
  private let recurrentBias: Tensor?
  private let activations: [RecurrentActivation]

  /// - Throws: `KerasError.Problem.unsupportedLayer` for a cell of a class of its own.
  init(_ layer: LayerConfiguration, _ weights: LayerWeights) throws(KerasError.Problem) {
    let content = try Self.activation("activation", of: layer)
    switch layer.className {
    case "SimpleRNN", "SimpleRNNCell":
      cell = .simple
      activations = [content]
    case "LSTM", "LSTMCell":
      cell = .lstm()
      activations = [try Self.activation("recurrent_activation", of: layer), content, content]
    case "GRU", "GRUCell":
      // Keras knew no other order before it wrote which.
      cell = .gru(resetAfter: layer.config["reset_after"]?.bool ?? false)
      activations = [try Self.activation("recurrent_activation", of: layer), content]
    default:
      throw .unsupportedLayer(
        className: layer.className, advice: layer.adviceWhereUnsupported)
    }
    name = layer.name
    let units = try layer.count("units")
    let rows = cell.gates.count * units
    inputWeights = try weights.transposedMatrix("kernel", [nil, rows])
    recurrentWeights = try weights.transposedMatrix("recurrent_kernel", [units, rows])
    guard layer.config["use_bias"]?.bool ?? true else {
      (inputBias, recurrentBias) = (nil, nil)
      return
    }
    guard cell == .gru(resetAfter: true) else {
      (inputBias, recurrentBias) = (try weights.tensor("bias", [rows]), nil)
      return
    }
    let biases = try weights.tensor("bias", [2, rows]).elements
    inputBias = Tensor(shape: [rows], elements: Array(biases.prefix(rows)))
    recurrentBias = Tensor(shape: [rows], elements: Array(biases.dropFirst(rows)))
  }

  /// How many values it hands from step to step: its state, and the cell of an LSTM.
  var stateCount: Int { cell == .lstm() ? 2 : 1 }

  /// What it computes of a sequence.
  func operation(isReversed: Bool) -> Recurrence {
    Recurrence(
      cell, inputWeights: inputWeights, recurrentWeights: recurrentWeights, inputBias: inputBias,
      recurrentBias: recurrentBias, activations: activations, isReversed: isReversed)
  }

  private static func activation(_ key: String, of layer: LayerConfiguration)
    throws(KerasError.Problem) -> RecurrentActivation
  {
    guard case .function(let function) = try layer.activation(key), function.coupledAxis == nil
    else {
      let name = layer.config[key]?.string ?? layer.config[key]?["class_name"]?.string ?? key
      throw .unsupported("\(name) as \(key) of a recurrent layer")
    }
    return RecurrentActivation(function)
  }
}
