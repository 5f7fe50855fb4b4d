import ConvolutionalNetworks

extension IndexAddressing {
  /// For each element addressed its place in the data, in order.
  fileprivate func places(in data: [Int], _ indices: DoubleTensor) throws(ShapeError) -> [Int] {
    let cells = coordinates(of: data)
    func place(_ coordinates: [Int]) -> Int {
      zip(coordinates, data).reduce(0) { $0 * $1.1 + ($1.0 + $1.1) % $1.1 }
    }
    let numbers = indices.elements.map { Int($0) }
    switch self {
    case .positions(let axis):
      let axis = try normalizedAxis(axis, rank: data.count)
      let shape = data[..<axis] + indices.shape + data[(axis + 1)...]
      return coordinates(of: Array(shape)).map { cell in
        let own = Array(cell[axis..<(axis + indices.rank)])
        let index = numbers[zip(own, indices.shape).reduce(0) { $0 * $1.1 + $1.0 }]
        return place(cell[..<axis] + [index] + cell[(axis + indices.rank)...])
      }
    case .elements(let axis):
      let axis = try normalizedAxis(axis, rank: data.count)
      return zip(coordinates(of: indices.shape), numbers).map { cell, index in
        var cell = cell
        cell[axis] = index
        return place(cell)
      }
    case .coordinates(let batchAxes):
      let width = indices.shape[indices.rank - 1]
      let inner = coordinates(of: Array(data[(batchAxes + width)...]))
      return coordinates(of: Array(indices.shape.dropLast())).enumerated().flatMap { row, cell in
        inner.map { rest in
          place(cell[..<batchAxes] + numbers[(row * width)..<((row + 1) * width)] + rest)
        }
      }
    }
  }

  /// The coordinates of all cells of a shape, in order.
  private func coordinates(of shape: [Int]) -> [[Int]] {
    shape.reduce([[]]) { cells, extent in cells.flatMap { cell in (0..<extent).map { cell + [$0] } }
    }
  }
}

extension IndexedGather: InterpretedOperation {
  package var presentation: Presentation { .logical }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    let shape = try outputShapes(for: inputs.map(\.shape), layout: layout)[0]
    let places = try addressing.places(in: inputs[0].shape, inputs[1])
    return [DoubleTensor(shape: shape, elements: places.map { inputs[0].elements[$0] })]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    var results = point.inputs.map { DoubleTensor(shape: $0.shape) }
    let places = try addressing.places(in: point.inputs[0].shape, point.inputs[1])
    for (gradient, place) in zip(gradients[0].elements, places) {
      results[0].elements[place] += gradient
    }
    return results
  }
}

extension IndexedScatter: InterpretedOperation {
  package var presentation: Presentation { .logical }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    var result = inputs[0]
    let places = try addressing.places(in: inputs[0].shape, inputs[1])
    for (update, place) in zip(inputs[2].elements, places) {
      result.elements[place] = combined(result.elements[place], update)
    }
    return [result]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    let places = try addressing.places(in: point.inputs[0].shape, point.inputs[1])
    // What an element was before each update.
    var states = [point.inputs[0]]
    for (update, place) in zip(point.inputs[2].elements, places) {
      var next = states[states.count - 1]
      next.elements[place] = combined(next.elements[place], update)
      states.append(next)
    }
    var (data, updates) = (gradients[0], DoubleTensor(shape: point.inputs[2].shape))
    for (position, place) in places.enumerated().reversed() {
      let slopes = slopes(states[position].elements[place], point.inputs[2].elements[position])
      updates.elements[position] = data.elements[place] * slopes.update
      data.elements[place] *= slopes.element
    }
    return [data, DoubleTensor(shape: point.inputs[1].shape), updates]
  }

  private func combined(_ element: Double, _ update: Double) -> Double {
    switch combination {
    case .replacement: update
    case .sum: element + update
    case .product: element * update
    case .maximum: max(element, update)
    case .minimum: min(element, update)
    }
  }

  private func slopes(_ element: Double, _ update: Double) -> (element: Double, update: Double) {
    switch combination {
    case .replacement: (0, 1)
    case .sum: (1, 1)
    case .product: (update, element)
    case .maximum: element >= update ? (1, 0) : (0, 1)
    case .minimum: element <= update ? (1, 0) : (0, 1)
    }
  }
}
