import ConvolutionalNetworks

extension Recurrence: InterpretedOperation {
  package var presentation: Presentation { .logical }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    let shapes = try outputShapes(for: inputs.map(\.shape), layout: layout)
    var outputs = shapes.map { DoubleTensor(shape: $0) }
    for picture in 0..<shapes[1][0] {
      let sequence = InterpretedSequence(self, inputs, picture: picture)
      for turn in sequence.turns {
        outputs[0].set(turn.after.state, at: sequence.offset(turn.place, width: units))
      }
      outputs[1].set(sequence.last.state, at: picture * units)
      if cell.hasCell { outputs[2].set(sequence.last.cell, at: picture * units) }
    }
    return outputs
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    var results = point.inputs.map { DoubleTensor(shape: $0.shape) }
    let width = point.inputs[0].shape[2]
    for picture in 0..<gradients[1].shape[0] {
      let sequence = InterpretedSequence(self, point.inputs, picture: picture)
      var state = gradients[1].part(at: picture * units, units)
      var cell =
        cell.hasCell
        ? gradients[2].part(at: picture * units, units) : Array(repeating: 0, count: units)
      for turn in sequence.turns.reversed() {
        state.add(gradients[0].part(at: sequence.offset(turn.place, width: units), units))
        let sums = turn.pullBack(&state, &cell)
        results[0].set(
          transposedTimes(inputWeights, sums), at: sequence.offset(turn.place, width: width))
      }
      for (input, gradient) in zip(results.indices.dropFirst(), [state, cell]) {
        let row = results[input].shape[0] == 1 ? 0 : picture
        for unit in 0..<units { results[input].elements[row * units + unit] += gradient[unit] }
      }
    }
    return results
  }
}

extension DoubleTensor {
  fileprivate mutating func set(_ numbers: [Double], at offset: Int) {
    for (i, number) in numbers.enumerated() { elements[offset + i] = number }
  }

  fileprivate func part(at offset: Int, _ count: Int) -> [Double] {
    Array(elements[offset..<offset + count])
  }
}

/// The sequence of one picture, step by step.
private struct InterpretedSequence {
  let turns: [RecurrentTurn]
  let last: RecurrentTurn.Memory
  private let offsets: (first: Int, step: Int)

  init(_ layer: Recurrence, _ inputs: [DoubleTensor], picture: Int) {
    let shape = inputs[0].shape
    let (steps, batch, width) = (
      shape[layer.sequenceAxis], shape[1 - layer.sequenceAxis], shape[2]
    )
    offsets = layer.sequenceAxis == 1 ? (picture * steps, 1) : (picture, batch)
    func first(_ position: Int) -> [Double] {
      guard position < inputs.count else { return Array(repeating: 0, count: layer.units) }
      let row = inputs[position].shape[0] == 1 ? 0 : picture
      return inputs[position].part(at: row * layer.units, layer.units)
    }
    var memory = RecurrentTurn.Memory(state: first(1), cell: first(2))
    var turns: [RecurrentTurn] = []
    let places = Array(0..<(layer.stepCount ?? steps))
    for place in layer.isReversed ? places.reversed() : places {
      let offset = (offsets.first + place * offsets.step) * width
      let turn = RecurrentTurn(
        layer, place: place, x: inputs[0].part(at: offset, width), before: memory)
      memory = turn.after
      turns.append(turn)
    }
    self.turns = turns
    last = memory
  }

  /// Where the vector of a step begins in a value of so many numbers a step.
  func offset(_ place: Int, width: Int) -> Int { (offsets.first + place * offsets.step) * width }
}

extension [Double] {
  fileprivate mutating func add(_ other: [Double]) {
    for i in indices { self[i] += other[i] }
  }
}
