internal import ConvolutionalNetworks
internal import NetworkFormats

/// https://keras.io/api/layers/merging_layers/
extension ModelImport {
  /// Adds a layer that joins several values; `false` for any other class.
  mutating func addMerge(_ layer: LayerConfiguration, _ name: String, reading reads: [String])
    throws(KerasError.Problem) -> Bool
  {
    let `operator`: Arithmetic.Operator
    switch layer.className {
    case "Concatenate":
      append(
        name, Concatenation(axis: layer.config["axis"]?.int ?? -1), reading: reads)
      return true
    case "Add", "Average": `operator` = .add
    case "Subtract": `operator` = .subtract
    case "Multiply": `operator` = .multiply
    case "Maximum": `operator` = .maximum
    case "Minimum": `operator` = .minimum
    default: return false
    }
    guard reads.count >= 2, layer.className != "Subtract" || reads.count == 2 else {
      throw .unsupported("\(layer.className) of \(reads.count) values")
    }
    // Operations of the engine take two values: the others are joined first.
    var joined = reads[0]
    for (position, read) in reads.enumerated().dropFirst() {
      let isLast = position == reads.count - 1 && layer.className != "Average"
      let value = isLast ? name : "\(name)/\(position)"
      append(value, Arithmetic(`operator`), reading: [joined, read])
      joined = value
    }
    if layer.className == "Average" {
      let share = constant("\(name)/share", [1 / Float(reads.count)])
      append(name, Arithmetic(.multiply), reading: [joined, share])
    }
    return true
  }
}
