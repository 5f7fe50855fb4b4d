internal import ConvolutionalNetworks
internal import NetworkFormats

/// A recurrent layer as Keras configures it: one cell, or several of which each reads what the one before writes.
///
/// https://keras.io/api/layers/recurrent_layers/
struct RecurrentLayer {
  let className: String
  /// The cells, the one that reads the sequence first.
  let cells: [RecurrentLayerCell]
  /// Whether the last step comes first.
  var isReversed: Bool
  let returnsSequences: Bool
  let returnsStates: Bool

  /// - Returns: `nil` for a layer of any other class.
  init?(_ layer: LayerConfiguration, _ weights: LayerWeights) throws(KerasError.Problem) {
    if layer.config["time_major"]?.bool ?? false {
      throw .unsupported("a sequence whose first axis is that of the steps (time_major)")
    }
    switch layer.className {
    case "LSTM", "GRU", "SimpleRNN":
      let part = weights.part(nil, folder: "cell", order: layer.weightOrder)
      cells = [try RecurrentLayerCell(layer, part)]
    case "RNN": cells = try Self.cells(of: layer, weights)
    default: return nil
    }
    className = layer.className
    isReversed = layer.config["go_backwards"]?.bool ?? false
    returnsSequences = layer.config["return_sequences"]?.bool ?? false
    returnsStates = layer.config["return_state"]?.bool ?? false
  }

  /// The cell of an RNN layer, or those of the stack that it holds.
  private static func cells(of layer: LayerConfiguration, _ weights: LayerWeights)
    throws(KerasError.Problem) -> [RecurrentLayerCell]
  {
    let outer = try layer.wrapped("cell")
    guard outer.className == "StackedRNNCells" else {
      let part = weights.part(nil, folder: "cell", order: outer.weightOrder)
      return [try RecurrentLayerCell(outer, part)]
    }
    guard !(outer.config["reverse_state_order"]?.bool ?? false) else {
      throw .unsupported("a stack of cells whose states are in reverse order")
    }
    var cells: [RecurrentLayerCell] = []
    var counts: [String: Int] = [:]
    for json in outer.config["cells"]?.array ?? [] {
      let cell = try LayerConfiguration(json, kerasVersion: layer.kerasVersion)
      let folder = cell.folderName
      let count = counts[folder, default: 0]
      counts[folder] = count + 1
      let part = weights.part(
        cell.name, folder: "cell/cells/" + folder + (count == 0 ? "" : "_\(count)"),
        order: cell.weightOrder)
      cells.append(try RecurrentLayerCell(cell, part))
    }
    guard !cells.isEmpty else { throw .configuration(key: "cells", reason: "there are none") }
    return cells
  }
}
