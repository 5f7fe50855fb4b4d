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
      try append(name, Concatenation(axis: layer.config["axis"]?.int ?? -1), reading: reads)
      return true
    case "Dot":
      try addDot(layer, name, reading: reads)
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
    let reads = try aligned(reads, under: name)
    // Operations of the engine take two values: the others are joined first.
    var joined = reads[0]
    for (position, read) in reads.enumerated().dropFirst() {
      let isLast = position == reads.count - 1 && layer.className != "Average"
      let value = isLast ? name : "\(name)/\(position)"
      try append(value, Arithmetic(`operator`), reading: [joined, read])
      joined = value
    }
    if layer.className == "Average" {
      try append(Formula(joined) * (1 / Float(reads.count)), named: name)
    }
    return true
  }

  /// Values of fewer axes get axes of extent 1 behind that of the batch, as Keras' merging layers do it.
  private mutating func aligned(_ reads: [String], under name: String) throws(KerasError.Problem)
    -> [String]
  {
    let ranks = reads.map { shapes[$0]?.count }
    guard let most = ranks.compactMap(\.self).max(), !ranks.contains(nil) else { return reads }
    var result: [String] = []
    for (position, (read, rank)) in zip(reads, ranks).enumerated() {
      guard let rank, rank < most, rank > 1 else {
        result.append(read)
        continue
      }
      let value = "\(name)/aligned_\(position)"
      try append(value, Unsqueeze(axes: Array(1...(most - rank))), reading: [read])
      result.append(value)
    }
    return result
  }

  /// Products of two values summed along an axis of each; the other axes follow one another.
  private mutating func addDot(_ layer: LayerConfiguration, _ name: String, reading reads: [String])
    throws(KerasError.Problem)
  {
    guard reads.count == 2 else { throw .unsupported("Dot of \(reads.count) values") }
    let axes = try layer.axes("axes", default: [-1])
    var sides: [Formula] = []
    var ranks: [Int] = []
    for (read, axis) in zip(reads, axes.count == 1 ? [axes[0], axes[0]] : axes) {
      let rank = try rank(of: read)
      let position = try position(ofAxis: axis, of: read)
      guard position > 0, (2...3).contains(rank) else {
        throw .unsupported("Dot along axis \(axis) of a value of \(rank) axes")
      }
      var side = Formula(read)
      if layer.config["normalize"]?.bool ?? false { side = side.normalized(axes: [position]) }
      // The summed axis comes last on the left, and then on the right before the last.
      if position == 1, rank == 3 { side = side.transposed([0, 2, 1]) }
      if rank == 2 { side = side.inserting(axes: [1]) }
      sides.append(side)
      ranks.append(rank)
    }
    guard ranks.count == 2 else { throw .configuration(key: "axes", reason: "are not two") }
    var result = Formula(MatrixMultiplication(), sides[0], sides[1].transposed([0, 2, 1]))
    // A sum of products of rows is one number, with an axis of its own.
    if ranks[0] == 2 {
      result = Formula(Squeeze(axes: [1]), result)
    } else if ranks[1] == 2 {
      result = Formula(Squeeze(axes: [2]), result)
    }
    try append(result, named: name)
  }
}

extension Formula {
  /// Divided by its length along some axes; the square of the length is `least` or more.
  func normalized(axes: [Int], least: Float = 1e-12) -> Formula {
    self / (self * self).reduced(.sum, axes: axes).maximum(Formula(least)).applying(.squareRoot)
  }
}
